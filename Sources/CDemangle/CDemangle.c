// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#include "CDemangle.h"

#include <setjmp.h>
#include <stdint.h>
#include <string.h>

// libstdc++'s own entry (libiberty/cp-demangle.c), which hands the text over in parts. It is in the
// static library alone: the shared one exports nothing but __cxa_demangle, whose memory grows until
// there is none left.
extern int __gcclibcxx_demangle_callback(const char *mangled,
                                         void (*take)(const char *, size_t, void *), void *opaque);

// The Swift runtime's entry (stdlib/public/runtime/Demangle.cpp).
extern char *swift_demangle(const char *mangled, size_t count, char *into, size_t *capacity,
                            uint32_t flags);

struct text {
    char *into;
    size_t capacity;
    size_t count;
    jmp_buf full;
};

static void take(const char *part, size_t count, void *opaque) {
    struct text *text = opaque;
    // The frames that are left are C's and own nothing but their part of the stack.
    if (count > text->capacity - text->count) longjmp(text->full, 1);
    memcpy(text->into + text->count, part, count);
    text->count += count;
}

ptrdiff_t cdemangle_cplusplus(const char *mangled, char *into, size_t capacity) {
    struct text text = {.into = into, .capacity = capacity, .count = 0};
    if (setjmp(text.full) != 0) return -1;
    if (__gcclibcxx_demangle_callback(mangled, take, &text) != 0) return -1;
    return (ptrdiff_t)text.count;
}

ptrdiff_t cdemangle_swift(const char *mangled, size_t count, char *into, size_t capacity) {
    size_t room = capacity;
    if (capacity < 2 || swift_demangle(mangled, count, into, &room, 0) == NULL) return -1;
    // The runtime cuts what does not fit, ends it with a zero byte, and does not tell.
    size_t length = strnlen(into, capacity);
    if (length >= capacity - 1) return -1;
    // What it cannot read it gives back as it is.
    if (length == count && memcmp(into, mangled, count) == 0) return -1;
    return (ptrdiff_t)length;
}
