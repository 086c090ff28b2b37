// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Unwinds copies of stacks of any process by what the process has mapped.
///
/// Confined to the actor that owns it: it opens and reads files, which can block, so it is never
/// used on the tracer's thread.
struct StackReader {
    let files: CodeFiles
    let maps: CodeMaps
    let compiled: CompiledCode
    private var unwinder = Unwinder()

    /// - Parameter root: the proc file system.
    init(root: String, limits: CodeLimits) {
        files = CodeFiles(limits: limits)
        maps = CodeMaps(root: root, files: files)
        compiled = CompiledCode(root: root)
    }

    /// The frames of the latest stack, the leaf first.
    var frames: [RawFrame] { unwinder.frames }

    /// The stack pointer of its outermost frame.
    var outermost: UInt64 { unwinder.outermost }

    /// The mapping that holds a frame of the latest stack; nil for an address that is no code.
    func region(of frame: RawFrame) -> MappedCode? { unwinder.region(of: frame) }

    /// Forgets all that can be read again.
    mutating func empty() {
        maps.empty()
        files.empty()
        // The latest stack holds on to its mappings.
        unwinder = Unwinder()
    }

    /// Unwinds one copy.
    ///
    /// - Returns: nil where nothing is known of the process; there are no frames then.
    mutating func read(_ found: FoundStack, now: MonotonicInstant) -> StackEnd? {
        guard let end = unwind(found, RegisterFile(found.copy.registers)) else { return nil }
        if unwinder.frames.contains(where: {
            unwinder.region(of: $0)?.mapping.backing == .anonymous
        }) {
            compiled.renew(found.process, now: now)
        }
        return end
    }

    private mutating func unwind(_ found: FoundStack, _ registers: RegisterFile) -> StackEnd? {
        var isDoubtful = false
        var end: StackEnd?
        // An address in no region may be in a file that was mapped since the map was read; the
        // bytes are still here, so the stack is simply unwound again.
        for _ in 0..<2 {
            guard
                let map = maps.map(
                    of: found.process,
                    through: found.thread,
                    now: .now(),
                    isDoubtful: isDoubtful
                )
            else { break }
            end = found.copy.bytes.withUnsafeBytes { bytes in
                let stack = StackBytes(base: found.copy.base, bytes: bytes)
                guard found.copy.isPartial else {
                    return unwinder.unwind(registers, stack, in: map)
                }
                return unwinder.unwind(
                    pointers: registers,
                    stack,
                    in: map,
                    calls: CallReader { address, count in
                        ProcessMemory.copy(count, from: Address(address), of: found.thread)
                    }
                )
            }
            guard unwinder.hasLeftMap else { break }
            isDoubtful = true
        }
        return end
    }
}
