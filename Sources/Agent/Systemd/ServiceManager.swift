// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CSystemd
package import SystemPackage

/// What the service manager that started this process is told: readiness, state, signs of life.
///
/// Every message is one datagram to the socket that `$NOTIFY_SOCKET` names (sd_notify(3)). Where
/// the variable is not set, as outside systemd, nothing is sent and nothing fails.
package struct ServiceManager: Sendable {
    /// How often `watchdog()` is due, or `nil` where the service manager waits for no sign of life.
    ///
    /// It is half of the time after which the manager ends the service, as sd_watchdog_enabled(3)
    /// advises: one late message does no harm.
    package let watchdogInterval: Duration?

    /// Reads what the service manager expects of this process from `$WATCHDOG_USEC` and
    /// `$WATCHDOG_PID`.
    ///
    /// - Throws: `Errno.invalidArgument` where those variables are set and are not numbers.
    package init() throws(Errno) {
        var microseconds: UInt64 = 0
        let answer = sd_watchdog_enabled(0, &microseconds)
        guard answer >= 0 else { throw Errno(rawValue: -answer) }
        self.watchdogInterval = answer > 0 ? Self.interval(limitMicroseconds: microseconds) : nil
    }

    /// Tells that the service does its work from now on.
    package func ready(status: String) throws(Errno) {
        try send("READY=1\nSTATUS=\(Self.oneLine(status))")
    }

    /// Tells in one line what the service is doing, for `systemctl status`.
    package func status(_ line: String) throws(Errno) {
        try send("STATUS=\(Self.oneLine(line))")
    }

    /// Gives a sign of life; due every `watchdogInterval`, from the loop whose life it proves.
    package func watchdog() throws(Errno) {
        try send("WATCHDOG=1")
    }

    /// Tells that the service has begun to shut down.
    package func stopping() throws(Errno) {
        try send("STOPPING=1")
    }

    /// Half of a limit; the half of any `UInt64` fits in an `Int64`.
    static func interval(limitMicroseconds: UInt64) -> Duration {
        .microseconds(Int64(limitMicroseconds / 2))
    }

    /// The text as one line: a line break in it would begin another assignment of the message.
    static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
            )
        )
    }

    private func send(_ message: String) throws(Errno) {
        let answer = sd_notify(0, message)
        guard answer >= 0 else { throw Errno(rawValue: -answer) }
    }
}
