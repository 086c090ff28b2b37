// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CSystemd
internal import Exporter
internal import Glibc

/// The socket that systemd made for this process, by a socket unit (systemd.socket(5)).
enum SystemdSocket {
    /// Takes the one socket that was passed; programs started from here on do not see it.
    ///
    /// - Throws: `Failure` where none was passed, or several, or one that is no listening TCP
    ///   socket.
    static func take() throws -> ListeningSocket {
        // The descriptors begin at 3, and close on exec from here on (sd_listen_fds(3)).
        let count = sd_listen_fds(1)
        guard count >= 0 else {
            throw Failure(
                .failed,
                "systemd's sockets can't be taken: \(String(cString: strerror(-count)))"
            )
        }
        guard count > 0 else {
            throw Failure(
                .failed,
                "no socket was passed; start the agent by a systemd socket unit, "
                    + "or leave out --web.systemd-socket"
            )
        }
        guard count == 1 else {
            throw Failure(
                .failed,
                "\(count) sockets were passed and one is served; "
                    + "leave one ListenStream= in the socket unit"
            )
        }
        do {
            return try ListeningSocket(descriptor: SD_LISTEN_FDS_START)
        } catch {
            throw Failure(.failed, "\(error)")
        }
    }
}
