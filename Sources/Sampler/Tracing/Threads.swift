// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles
internal import Synchronization
package import SystemPackage

/// Threads for work that blocks, which the pool of Swift's tasks must not do.
package enum Threads {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private final class Number: Sendable {
        let value = Atomic<Int32>(0)
    }

    /// Runs a body on a thread of its own.
    ///
    /// Where there can be no other thread the body never runs.
    package static func start(_ body: @escaping @Sendable () -> Void) {
        if let thread = try? create(body) { pthread_detach(thread) }
    }

    /// Runs a body on a thread of its own, and returns when that has ended.
    ///
    /// - Returns: the number that the thread had.
    /// - Throws: the error of pthread_create(3).
    @available(*, noasync, message: "blocks the calling thread")
    package static func runToEnd(
        _ body: @escaping @Sendable () -> Void
    ) throws(Errno) -> ThreadID {
        let number = Number()
        let thread = try create {
            number.value.store(cptrace_gettid(), ordering: .relaxed)
            body()
        }
        pthread_join(thread, nil)
        return ThreadID(number.value.load(ordering: .relaxed))
    }

    private static func create(
        _ body: @escaping @Sendable () -> Void
    ) throws(Errno) -> pthread_t {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard result == 0 else {
            work.release()
            throw Errno(rawValue: result)
        }
        return thread
    }
}
