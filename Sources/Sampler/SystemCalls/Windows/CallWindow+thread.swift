// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles
internal import Synchronization
package import SystemPackage

extension CallWindow {
    /// How long to wait for the kernel to be done with the thread of a window.
    private static let endPatience = 2_000

    /// Watches the calls of a process on a thread that ends with the window, and returns when
    /// nothing is attached to any more.
    ///
    /// - Throws: the error of timer_create(2) or pthread_create(3).
    @available(*, noasync, message: "blocks the calling thread until the window ends")
    package static func onOwnThread(
        _ process: ProcessID,
        limits: Limits,
        guards: [ThreadID: EntryGuard],
        control: CallWindowControl
    ) throws(Errno) -> Outcome {
        let result = WindowResult()
        let thread = try Threads.runToEnd {
            do throws(Errno) {
                let window = try CallWindow(
                    process,
                    limits: limits,
                    guards: guards,
                    control: control
                )
                let outcome = window.run()
                result.value.withLock { $0 = .success(outcome) }
            } catch {
                result.value.withLock { $0 = .failure(error) }
            }
        }
        awaitRelease(by: thread)
        return try result.value.withLock { $0 }.get()
    }

    /// Waits until the kernel has freed the tracees of a thread that has ended: pthread_join(3)
    /// returns before that.
    private static func awaitRelease(by thread: ThreadID) {
        let path = "/proc/self/task/\(thread.rawValue)"
        for _ in 0..<endPatience where access(path, F_OK) == 0 { usleep(50) }
    }
}

/// What a window's thread leaves behind.
private final class WindowResult: Sendable {
    let value = Mutex<Result<CallWindow.Outcome, Errno>>(.failure(.resourceTemporarilyUnavailable))
}
