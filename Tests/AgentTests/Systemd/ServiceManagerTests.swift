// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage
import Testing

@testable import Agent

/// Each test that sets a variable does so in a process of its own: other tests share this one's.
@Suite(.serialized)
struct ServiceManagerTests {
    @Test("The service manager receives each message as sd_notify(3) spells it")
    func messages() async {
        await #expect(processExitsWith: .success) {
            let socket = try NotifySocket.listening()
            setenv("NOTIFY_SOCKET", socket.path, 1)
            let manager = try ServiceManager()

            try manager.ready(status: "watching 3 groups")
            try manager.status("watching 4 groups")
            try manager.watchdog()
            try manager.stopping()

            #expect(
                socket.messages() == [
                    "READY=1\nSTATUS=watching 3 groups",
                    "STATUS=watching 4 groups",
                    "WATCHDOG=1",
                    "STOPPING=1",
                ]
            )
        }
    }

    @Test("A status cannot smuggle in another assignment")
    func hostileStatus() async {
        await #expect(processExitsWith: .success) {
            let socket = try NotifySocket.listening()
            setenv("NOTIFY_SOCKET", socket.path, 1)
            let manager = try ServiceManager()

            try manager.status("group a\nMAINPID=1\r\u{85}é")

            #expect(socket.messages() == ["STATUS=group a MAINPID=1  é"])
        }
    }

    @Test("Outside systemd nothing is sent and nothing fails")
    func noServiceManager() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            unsetenv("WATCHDOG_USEC")
            let manager = try ServiceManager()

            try manager.ready(status: "")
            try manager.status("")
            try manager.watchdog()
            try manager.stopping()

            #expect(manager.watchdogInterval == nil)
        }
    }

    @Test("A socket that nobody serves is an error that the caller can log")
    func deadSocket() async {
        await #expect(processExitsWith: .success) {
            setenv("NOTIFY_SOCKET", "/nonexistent/ptarmigan", 1)
            let manager = try ServiceManager()

            #expect(throws: Errno.noSuchFileOrDirectory) { try manager.watchdog() }
        }
    }

    @Test("A sign of life is due twice per limit")
    func watchdogInterval() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", String(getpid()), 1)
            let manager = try ServiceManager()

            #expect(manager.watchdogInterval == .seconds(15))
        }
    }

    @Test("A watchdog that is meant for another process is not ours")
    func watchdogOfAnotherProcess() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", String(getppid()), 1)
            let manager = try ServiceManager()

            #expect(manager.watchdogInterval == nil)
        }
    }

    @Test("A watchdog limit that is no number is refused")
    func hostileWatchdog() async {
        await #expect(processExitsWith: .success) {
            unsetenv("WATCHDOG_PID")
            setenv("WATCHDOG_USEC", "soon", 1)

            #expect(throws: Errno.invalidArgument) { try ServiceManager() }
        }
    }

    @Test(
        "Half of a limit is exact, and the longest limit does not trap",
        arguments: [
            (UInt64(2), Duration.microseconds(1)),
            (30_000_000, .seconds(15)),
            (.max, .microseconds(Int64.max)),
        ]
    )
    func halfOfLimit(limitMicroseconds: UInt64, expected: Duration) {
        #expect(ServiceManager.interval(limitMicroseconds: limitMicroseconds) == expected)
    }
}
