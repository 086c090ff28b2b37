// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Sampler

/// What a live view reacts to.
enum TopEvent: Sendable {
    case window(RecordedWindow)
    case typed([UInt8])
    case resized
    /// Ctrl-Z, or SIGTSTP by other means.
    case suspended
    /// A signal that ends programs, or the end of the input.
    case interrupted
    /// No target is left.
    case targetsEnded
}

/// The events of a live view, in one stream.
struct TopEvents: Sendable {
    let stream: AsyncStream<TopEvent>
    private let continuation: AsyncStream<TopEvent>.Continuation

    private static let inputBytes = 1_024

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send(_ event: TopEvent) { continuation.yield(event) }

    /// Begins to hear signals.
    ///
    /// - Returns: what hears them, as long as it is kept.
    func hearSignals(ofTerminal isInteractive: Bool) -> [any DispatchSourceProtocol] {
        var heard: [(Int32, TopEvent)] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
            .map { ($0, .interrupted) }
        if isInteractive { heard += [(SIGTSTP, .suspended), (SIGWINCH, .resized)] }
        return heard.map { signal, event in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { send(event) }
            source.activate()
            return source
        }
    }

    /// Begins to hear keys.
    func hearKeys(of input: Int32) -> any DispatchSourceProtocol {
        let source = DispatchSource.makeReadSource(fileDescriptor: input, queue: .global())
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: Self.inputBytes)
            let count = read(input, &bytes, bytes.count)
            if count > 0 { return send(.typed(Array(bytes.prefix(count)))) }
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            // The terminal is gone.
            source.cancel()
            send(.interrupted)
        }
        source.activate()
        return source
    }

    /// Stops this program as Ctrl-Z stops others; returns when it is continued.
    ///
    /// SIGTSTP itself and not SIGSTOP: where no shell could continue it, the kernel ignores it
    /// (signal(7), orphaned process groups).
    static func suspend() {
        var usual = sigaction()
        usual.__sigaction_handler.sa_handler = SIG_DFL
        var before = sigaction()
        sigaction(SIGTSTP, &usual, &before)
        var mask = sigset_t()
        var maskBefore = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &mask, &maskBefore)
        raise(SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &maskBefore, nil)
        sigaction(SIGTSTP, &before, nil)
    }
}
