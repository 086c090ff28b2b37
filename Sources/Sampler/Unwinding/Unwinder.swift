// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// One frame of an unwound stack.
struct RawFrame {
    /// Where to look for the function: the instruction of a frame that was interrupted, and one
    /// byte before the return address of a caller, which may be the last of its function.
    let address: UInt64
    /// The mapping that holds it; nil for an address that is no code.
    let region: MappedCode?
}

/// Follows a stack from its registers and a copy of its memory; the target runs meanwhile.
struct Unwinder {
    /// Most frames of one stack.
    static let frameLimit = 2_048
    /// Longest frame that a frame pointer may span, in bytes.
    static let frameBytesLimit: UInt64 = 256 << 10

    /// The frames of the latest stack, the leaf first.
    private(set) var frames: [RawFrame] = []
    /// The stack pointer of its outermost frame.
    private(set) var outermost: UInt64 = 0

    init() { frames.reserveCapacity(256) }

    /// Unwinds one stack; what it found is in `frames`.
    ///
    /// - Parameter isPartial: whether only SP and PC are known, as of a blocked thread.
    mutating func unwind(
        _ registers: RegisterFile,
        _ stack: StackBytes,
        in map: CodeMap,
        isPartial: Bool = false
    ) -> StackEnd {
        var registers = registers
        frames.removeAll(keepingCapacity: true)
        // A return address leads to the instruction behind the call.
        var isReturnAddress = false
        while true {
            outermost = registers[RegisterFile.Number.stackPointer] ?? outermost
            let address = registers.programCounter &- (isReturnAddress ? 1 : 0)
            let region = map.region(of: address)
            // The end of a thread's stack by convention, where its first code has no rule for it.
            if isReturnAddress, registers.programCounter == 0 { return .complete }
            guard frames.count < Self.frameLimit else { return .truncated(.frameLimit) }
            frames.append(RawFrame(address: address, region: region))
            guard let region else { return .broken(.unmapped) }
            let isInnermost = !isReturnAddress
            let before = registers
            switch step(region, address, &registers, stack, isInnermost, map) {
            case .caller(let isSignalFrame):
                isReturnAddress = !isSignalFrame
                guard isSignalFrame || isProgress(from: before, to: registers, isInnermost) else {
                    return .broken(.noProgress)
                }
            case .ended(let end):
                return isPartial && end == .broken(.unknownRegister)
                    ? .broken(.partialRegisters) : end
            }
        }
    }

    private enum Step {
        case caller(isSignalFrame: Bool)
        case ended(StackEnd)
    }

    private func step(
        _ region: MappedCode,
        _ address: UInt64,
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ isInnermost: Bool,
        _ map: CodeMap
    ) -> Step {
        if let table = region.table {
            let before = registers
            let step = table.step(
                at: region.imageAddress(of: address),
                registers: &registers,
                stack: stack,
                isInnermost: isInnermost
            )
            switch step {
            case .caller(let isSignalFrame): return .caller(isSignalFrame: isSignalFrame)
            case .outermost: return .ended(.complete)
            case .notCopied(let wanted): return .ended(Self.missing(wanted, before, stack))
            case .unknownRegister: return .ended(.broken(.unknownRegister))
            case .malformed: return .ended(.broken(.malformedRule))
            case .noRule: registers = before
            }
        }
        if isInnermost, region.table != nil, Self.returnFromLeaf(&registers, stack, map) {
            return .caller(isSignalFrame: false)
        }
        let failure: StackBreak = region.failure == nil ? .noRule : .noImage
        return Self.followFramePointer(&registers, stack, map, failure)
    }

    /// A stop in code without a rule, in a file with rules: a stub of a system call, or a hole in
    /// hand-written assembly, which has pushed nothing yet.
    private static func returnFromLeaf(
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ map: CodeMap
    ) -> Bool {
        #if arch(x86_64)
        guard let pointer = registers[RegisterFile.Number.stackPointer],
            let target = stack.word(at: pointer), map.region(of: target &- 1) != nil
        else { return false }
        registers[RegisterFile.Number.stackPointer] = pointer &+ 8
        #else
        guard let target = registers[RegisterFile.Number.returnAddress],
            map.region(of: target &- 1) != nil
        else { return false }
        #endif
        registers.programCounter = target
        return true
    }

    /// Follows the frame pointer, as code without rules (a just-in-time compiler's, Go's) keeps it.
    ///
    /// The pair of the caller's frame pointer and the return address lies at it on both machines.
    private static func followFramePointer(
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ map: CodeMap,
        _ failure: StackBreak
    ) -> Step {
        guard let frame = registers[RegisterFile.Number.framePointer],
            let pointer = registers[RegisterFile.Number.stackPointer]
        else { return .ended(.broken(failure)) }
        // The ABIs mark the outermost frame by a frame pointer of 0.
        if frame == 0 { return .ended(.complete) }
        guard frame % 8 == 0, frame >= pointer, frame - pointer < frameBytesLimit else {
            return .ended(.broken(failure))
        }
        guard let saved = stack.word(at: frame), let target = stack.word(at: frame &+ 8) else {
            return .ended(missing(frame &+ 8, registers, stack))
        }
        if target == 0 { return .ended(.complete) }
        guard map.region(of: target &- 1) != nil else { return .ended(.broken(failure)) }
        registers.keepOnly(0)
        registers[RegisterFile.Number.framePointer] = saved
        registers[RegisterFile.Number.stackPointer] = frame &+ 16
        registers.programCounter = target
        return .caller(isSignalFrame: false)
    }

    /// Whether a caller's frame lies further out; one that pushed nothing ends where it began.
    private func isProgress(
        from before: RegisterFile,
        to after: RegisterFile,
        _ isInnermost: Bool
    ) -> Bool {
        guard let old = before[RegisterFile.Number.stackPointer],
            let new = after[RegisterFile.Number.stackPointer]
        else { return false }
        return isInnermost ? new >= old : new > old
    }

    /// Why a word of the stack is not there: beyond the copy's end, or on another stack.
    private static func missing(
        _ address: UInt64,
        _ registers: RegisterFile,
        _ stack: StackBytes
    ) -> StackEnd {
        let pointer = registers[RegisterFile.Number.stackPointer] ?? 0
        let isBeyond =
            address &+ 8 > stack.range.upperBound && stack.range.contains(pointer)
            && address &- pointer < 16 << 20
        return .truncated(isBeyond ? .copyEnd : .otherStack)
    }
}
