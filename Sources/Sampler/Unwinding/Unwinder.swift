// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// One frame of an unwound stack.
struct RawFrame {
    /// Where to look for the function: the instruction of a frame that was interrupted, and one
    /// byte before the return address of a caller, which may be the last of its function.
    let address: UInt64
    /// The place in the map of the mapping that holds it; nil for an address that is no code.
    let region: Int?
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
    /// Whether it led to an address that is no code in the map, which may be too old.
    private(set) var hasLeftMap = false

    /// The regions that the frames' places are about.
    private var regions: [MappedCode] = []

    init() { frames.reserveCapacity(256) }

    /// The mapping that holds a frame of the latest stack; nil for an address that is no code.
    func region(of frame: RawFrame) -> MappedCode? { frame.region.map { regions[$0] } }

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
        var code = CodeCursor(map)
        regions = map.regions
        frames.removeAll(keepingCapacity: true)
        outermost = 0
        hasLeftMap = false
        // A return address leads to the instruction behind the call.
        var isReturnAddress = false
        while true {
            outermost = registers[RegisterFile.Number.stackPointer] ?? outermost
            let address = registers.programCounter &- (isReturnAddress ? 1 : 0)
            code.move(to: address)
            // The end of a thread's stack by convention, where its first code has no rule for it.
            if isReturnAddress, registers.programCounter == 0 { return .complete }
            guard frames.count < Self.frameLimit else { return .truncated(.frameLimit) }
            frames.append(RawFrame(address: address, region: code.index))
            guard code.index != nil else {
                hasLeftMap = true
                return .broken(.unmapped)
            }
            let isInnermost = !isReturnAddress
            let stackPointer = outermost
            switch Self.step(code, address, &registers, stack, isInnermost) {
            case .caller(let isSignalFrame):
                isReturnAddress = !isSignalFrame
                guard isSignalFrame || isProgress(from: stackPointer, to: registers, isInnermost)
                else {
                    return .broken(.noProgress)
                }
            case .leftMap(let cause):
                hasLeftMap = true
                return .broken(cause)
            case .ended(let end):
                return isPartial && end == .broken(.unknownRegister)
                    ? .broken(.partialRegisters) : end
            }
        }
    }

    private enum Step {
        case caller(isSignalFrame: Bool)
        case ended(StackEnd)
        /// A frame pointer leads to what is no code in the map.
        case leftMap(StackBreak)
    }

    private static func step(
        _ code: CodeCursor,
        _ address: UInt64,
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ isInnermost: Bool
    ) -> Step {
        if let table = code.table {
            let step = table.step(
                at: ImageAddress(address &- code.bias),
                registers: &registers,
                stack: stack,
                isInnermost: isInnermost
            )
            switch step {
            case .caller(let isSignalFrame): return .caller(isSignalFrame: isSignalFrame)
            case .outermost: return .ended(.complete)
            case .notCopied(let wanted): return .ended(missing(wanted, registers, stack))
            case .unknownRegister: return .ended(.broken(.unknownRegister))
            case .malformed: return .ended(.broken(.malformedRule))
            case .stackSwitch:
                // It may have stayed on its stack; its frame pointer tells.
                let step = followFramePointer(&registers, stack, code.map, .noRule)
                if case .caller = step { return step }
                return .ended(.truncated(.otherStack))
            case .noRule: break
            }
        }
        return stepWithoutRule(code, &registers, stack, isInnermost)
    }

    private static func stepWithoutRule(
        _ code: CodeCursor,
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ isInnermost: Bool
    ) -> Step {
        let map = code.map
        guard let region = code.region else { return .ended(.broken(.unmapped)) }
        if SignalTrampoline.isLikely(registers, stack: stack),
            region.isSignalTrampoline(at: registers.programCounter),
            case .caller = SignalTrampoline.step(&registers, stack: stack)
        {
            return .caller(isSignalFrame: true)
        }
        let failure: StackBreak = region.failure == nil ? .noRule : .noImage
        guard isInnermost, code.table != nil else {
            return followFramePointer(&registers, stack, map, failure)
        }
        return leaveInterrupted(&registers, stack, map, failure)
    }

    /// A stop in code without a rule, in a file with rules.
    ///
    /// It is a stub of a system call or a hole in hand-written assembly, which has pushed nothing
    /// yet; or it is code of another compiler, as the built-in functions of V8, which keeps frame
    /// pointers, and then the word at the stack pointer may be an old return address by chance.
    /// So that word counts if rules confirm it, and else where there is no frame pointer.
    private static func leaveInterrupted(
        _ registers: inout RegisterFile,
        _ stack: StackBytes,
        _ map: CodeMap,
        _ failure: StackBreak
    ) -> Step {
        var leaf = registers
        let isLeaf = returnFromLeaf(&leaf, stack, map)
        if isLeaf, isConfirmed(leaf, stack, map) {
            registers = leaf
            return .caller(isSignalFrame: false)
        }
        let step = followFramePointer(&registers, stack, map, failure)
        if case .caller = step { return step }
        guard isLeaf else { return step }
        registers = leaf
        return .caller(isSignalFrame: false)
    }

    /// Whether a file's rules lead from a supposed caller on to code, or to the end.
    private static func isConfirmed(
        _ caller: RegisterFile,
        _ stack: StackBytes,
        _ map: CodeMap
    ) -> Bool {
        var registers = caller
        let address = caller.programCounter &- 1
        guard let region = map.region(of: address), let table = region.table else { return false }
        let step = table.step(
            at: region.imageAddress(of: address),
            registers: &registers,
            stack: stack,
            isInnermost: false
        )
        return switch step {
        case .caller: map.region(of: registers.programCounter &- 1) != nil
        case .outermost: true
        default: false
        }
    }

    /// Leaves a function that has pushed nothing yet.
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
        guard map.region(of: target &- 1) != nil else { return .leftMap(failure) }
        registers.keepOnly(0)
        registers[RegisterFile.Number.framePointer] = saved
        registers[RegisterFile.Number.stackPointer] = frame &+ 16
        registers.programCounter = target
        return .caller(isSignalFrame: false)
    }

    /// Whether a caller's frame lies further out; one that pushed nothing ends where it began.
    private func isProgress(
        from old: UInt64,
        to after: RegisterFile,
        _ isInnermost: Bool
    ) -> Bool {
        guard let new = after[RegisterFile.Number.stackPointer] else { return false }
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
