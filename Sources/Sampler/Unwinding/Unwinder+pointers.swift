// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

extension Unwinder {
    /// Unwinds the stack of a waiting thread, of which only SP and PC are known.
    ///
    /// Most code finds its frame from the stack pointer, and restores the other registers on the
    /// way. Where a frame needs its frame pointer before that, the stack is searched for it, and
    /// what was found has to lead to the thread's start.
    ///
    /// - Returns: `partialRegisters` where that fails; the frames up to there hold.
    mutating func unwind(
        pointers registers: RegisterFile,
        _ stack: StackBytes,
        in map: CodeMap,
        calls: CallReader
    ) -> StackEnd {
        let end = unwind(registers, stack, in: map, isPartial: true)
        guard Self.mayLackFramePointer(end), let last = frames.last else { return end }
        let known = frames.count
        var search = FramePointerSearch(
            from: outermost,
            function: region(of: last)?.functionStart(of: last.address),
            on: stack,
            in: map,
            calls: calls
        )
        while let candidate = search.nextCandidate() {
            var guess = registers
            // No frame up to there has touched the register, so it is also the innermost one's.
            guess[RegisterFile.Number.framePointer] = candidate
            let found = unwind(guess, stack, in: map, isPartial: true)
            if found == .complete, frames.count > known { return .complete }
        }
        _ = unwind(registers, stack, in: map, isPartial: true)
        return .broken(.partialRegisters)
    }

    private static func mayLackFramePointer(_ end: StackEnd) -> Bool {
        switch end {
        case .broken(.partialRegisters), .broken(.noRule), .broken(.noImage): true
        case .complete, .truncated, .broken: false
        }
    }
}

extension MappedCode {
    /// Where the function at an address begins, in the process.
    func functionStart(of address: UInt64) -> UInt64? {
        let place = imageAddress(of: address)
        let start =
            table?.functionStart(at: place) ?? image?.symbol(at: place).symbol?.addresses.lowerBound
        return start.map { address &- (place.rawValue &- $0.rawValue) }
    }
}
