// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Socket calls with SO_RCVTIMEO and SO_SNDTIMEO, and two without.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "waits.h"

static bool prepare_stream(struct waiter *waiter) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return false;
    waiter->fd = pair[0];
    waiter->peer = pair[1];
    return true;
}

static bool prepare_datagram(struct waiter *waiter) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0) return false;
    waiter->fd = pair[0];
    waiter->peer = pair[1];
    return true;
}

static bool prepare_loopback(struct waiter *waiter, int type) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    waiter->fd = socket(AF_INET, type, 0);
    return bind(waiter->fd, (struct sockaddr *)&address, sizeof address) == 0;
}

static bool prepare_udp(struct waiter *waiter) { return prepare_loopback(waiter, SOCK_DGRAM); }

static bool prepare_tcp_listener(struct waiter *waiter) {
    return prepare_loopback(waiter, SOCK_STREAM) && listen(waiter->fd, 1) == 0;
}

static bool prepare_tcp(struct waiter *waiter) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    if (!prepare_tcp_listener(waiter)) return false;
    int listener = waiter->fd;
    getsockname(listener, (struct sockaddr *)&address, &length);
    waiter->peer = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(waiter->peer, (struct sockaddr *)&address, sizeof address) != 0) return false;
    waiter->fd = accept(listener, NULL, NULL);
    close(listener);
    return waiter->fd >= 0;
}

static bool fill(struct waiter *waiter) {
    static const char bytes[4096];
    while (send(waiter->fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
    return errno == EAGAIN;
}

static bool prepare_full_stream(struct waiter *waiter) {
    return prepare_stream(waiter) && fill(waiter);
}

static bool prepare_full_datagram(struct waiter *waiter) {
    return prepare_datagram(waiter) && fill(waiter);
}

// A listener whose queue is full: connect() waits for a place in it. Autobind picks the name.
static bool prepare_full_listener(struct waiter *waiter) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socklen_t length = sizeof address;
    waiter->peer = socket(AF_UNIX, SOCK_STREAM, 0);
    bind(waiter->peer, (struct sockaddr *)&address, sizeof address.sun_family);
    getsockname(waiter->peer, (struct sockaddr *)&address, &length);
    memcpy(waiter->path, address.sun_path, length - sizeof address.sun_family);
    waiter->word = length;
    if (listen(waiter->peer, 0) != 0) return false;
    for (;;) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (connect(fd, (struct sockaddr *)&address, length) == 0) continue;
        close(fd);
        break;
    }
    waiter->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return errno == EAGAIN;
}

static void set_timeout(int fd, int option, uint64_t timeout_ns) {
    struct timeval time = {.tv_sec = (time_t)(timeout_ns / NANOSECONDS),
                           .tv_usec = (long)(timeout_ns % NANOSECONDS / MICROSECOND)};
    setsockopt(fd, SOL_SOCKET, option, &time, sizeof time);
}

static void arm_receive(struct waiter *waiter, uint64_t timeout_ns) {
    set_timeout(waiter->fd, SO_RCVTIMEO, timeout_ns);
}

static void arm_send(struct waiter *waiter, uint64_t timeout_ns) {
    set_timeout(waiter->fd, SO_SNDTIMEO, timeout_ns);
}

static char byte[1];
#define ONE_BYTE (&(struct iovec){.iov_base = byte, .iov_len = 1})
#define MESSAGE (struct msghdr){.msg_iov = ONE_BYTE, .msg_iovlen = 1}
#define CALL(name, expression)                                          \
    static long call_##name(struct waiter *waiter, uint64_t timeout_ns) { \
        (void)timeout_ns;                                               \
        return expression;                                              \
    }

CALL(recv, recv(waiter->fd, byte, 1, 0))
CALL(recvfrom, recvfrom(waiter->fd, byte, 1, 0, NULL, NULL))
CALL(recvmsg, recvmsg(waiter->fd, &MESSAGE, 0))
CALL(recvmmsg, recvmmsg(waiter->fd, &(struct mmsghdr){.msg_hdr = MESSAGE}, 1, 0, NULL))
CALL(read, read(waiter->fd, byte, 1))
CALL(readv, readv(waiter->fd, ONE_BYTE, 1))
CALL(send, send(waiter->fd, byte, 1, 0))
CALL(sendto, sendto(waiter->fd, byte, 1, 0, NULL, 0))
CALL(sendmsg, sendmsg(waiter->fd, &MESSAGE, 0))
CALL(write, write(waiter->fd, byte, 1))
CALL(accept, accept(waiter->fd, NULL, NULL))
CALL(accept4, accept4(waiter->fd, NULL, NULL, SOCK_CLOEXEC))

static long call_connect(struct waiter *waiter, uint64_t timeout_ns) {
    (void)timeout_ns;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, waiter->path, waiter->word - sizeof address.sun_family);
    return connect(waiter->fd, (struct sockaddr *)&address, waiter->word);
}

static void release_byte(struct waiter *waiter) {
    if (write(waiter->peer, byte, 1) != 1) fail("write to a socket");
}

static void settle_byte(struct waiter *waiter) { recv(waiter->fd, byte, 1, MSG_DONTWAIT); }

const struct wait socket_waits[] = {
    {"recv", prepare_stream, arm_receive, call_recv, NULL, NULL, -1, EAGAIN, true, true},
    {"recvfrom", prepare_datagram, arm_receive, call_recvfrom, NULL, NULL, -1, EAGAIN, false, true},
    {"recvmsg", prepare_udp, arm_receive, call_recvmsg, NULL, NULL, -1, EAGAIN, false, true},
    {"recvmmsg", prepare_udp, arm_receive, call_recvmmsg, NULL, NULL, -1, EAGAIN, false, true},
    {"read-tcp", prepare_tcp, arm_receive, call_read, NULL, NULL, -1, EAGAIN, false, true},
    {"readv-socket", prepare_stream, arm_receive, call_readv, NULL, NULL, -1, EAGAIN, false, true},
    {"send", prepare_full_stream, arm_send, call_send, NULL, NULL, -1, EAGAIN, true, true},
    {"sendto", prepare_full_datagram, arm_send, call_sendto, NULL, NULL, -1, EAGAIN, false, true},
    {"sendmsg", prepare_full_stream, arm_send, call_sendmsg, NULL, NULL, -1, EAGAIN, false, true},
    {"write-socket", prepare_full_stream, arm_send, call_write, NULL, NULL, -1, EAGAIN, false,
     true},
    {"accept", prepare_tcp_listener, arm_receive, call_accept, NULL, NULL, -1, EAGAIN, true, true},
    {"accept4", prepare_tcp_listener, arm_receive, call_accept4, NULL, NULL, -1, EAGAIN, false,
     true},
    {"connect", prepare_full_listener, arm_send, call_connect, NULL, NULL, -1, EAGAIN, false, true},
    {"recv-untimed", prepare_tcp, NULL, call_recv, release_byte, settle_byte, 1, 0, false, false},
    {"read-unix-untimed", prepare_stream, NULL, call_read, release_byte, settle_byte, 1, 0, false,
     false},
    {0},
};
