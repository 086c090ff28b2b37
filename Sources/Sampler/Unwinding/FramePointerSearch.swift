// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Finds the frame pointer of a waiting thread, which the kernel does not show, on its stack.
///
/// A function that keeps a frame pointer has pushed the caller's right below its return address.
/// So each pair of words whose second one follows a call may be its frame; if that call names its
/// target, that has to be the function.
struct FramePointerSearch {
    /// How far the stack is searched, and how many pairs are tried.
    static let bytesLimit: UInt64 = 64 << 10
    static let candidateLimit = 64

    private let stack: StackBytes
    private let map: CodeMap
    private let calls: CallReader
    private let function: UInt64?
    private var next: UInt64
    private let end: UInt64
    private var candidatesLeft = candidateLimit

    /// - Parameters:
    ///   - stackPointer: of the frame whose frame pointer is wanted.
    ///   - function: where that frame's function begins, in the process; nil if not known.
    init(
        from stackPointer: UInt64,
        function: UInt64?,
        on stack: StackBytes,
        in map: CodeMap,
        calls: CallReader
    ) {
        self.stack = stack
        self.map = map
        self.calls = calls
        self.function = function
        next = (stackPointer &+ 7) & ~7
        end = min(stack.range.upperBound, next &+ min(Self.bytesLimit, .max &- next))
    }

    /// The next possible frame pointer, further out than those before.
    mutating func nextCandidate() -> UInt64? {
        while candidatesLeft > 0, next < end {
            let candidate = next
            next &+= 8
            guard let returnAddress = stack.word(at: candidate &+ 8) else { return nil }
            guard map.region(of: returnAddress &- 1) != nil else { continue }
            switch calls.call(before: returnAddress) {
            case nil: continue
            case .direct(let target):
                guard let function, calls.enters(function, from: target) else { continue }
            case .indirect: break
            }
            candidatesLeft -= 1
            return candidate
        }
        return nil
    }
}
