// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Sampler

/// Recorded stacks of a process, in the format of `Benchmarks/UnwindPeers/slabs.h`.
struct RecordedStacks {
    private struct Stack {
        var registers = RegisterFile()
        var base = Address(0)
        var bytes: [UInt8] = []
    }

    enum Failure: Error { case unreadable }

    private var stacks: [Stack] = []

    init(path: String) throws {
        let file = try ImageFile.open(path, expecting: nil)
        let data = try file.read(at: 0, count: Int(file.byteCount))
        let words = data.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
        guard words.count > 2 else { throw Failure.unreadable }
        var place = 2
        for _ in 0..<words[1] {
            guard place + 19 <= words.count else { throw Failure.unreadable }
            var stack = Stack()
            for number in 0..<17 { stack.registers[number] = words[place + number] }
            stack.registers.programCounter = words[place + 16]
            stack.base = Address(words[place + 17])
            let count = Int(words[place + 18])
            let start = (place + 19) * 8
            guard start + count <= data.count else { throw Failure.unreadable }
            stack.bytes = Array(data[start..<(start + count)])
            stacks.append(stack)
            place += 19 + (count + 7) / 8
        }
    }

    /// Unwinds all of them once, and prints the addresses into a file, a line for each.
    func write(to path: String, by unwinder: inout ProcessUnwinder) throws {
        var text = ""
        for stack in stacks {
            unwind(stack, &unwinder)
            let addresses = unwinder.addresses.map { String($0, radix: 16) }
            text += addresses.joined(separator: " ") + "\n"
        }
        guard let file = fopen(path, "we") else { throw Failure.unreadable }
        fputs(text, file)
        fclose(file)
    }

    /// Unwinds all of them again and again for so long; how many frames, in how many seconds.
    func measure(seconds limit: Double, by unwinder: inout ProcessUnwinder) -> (Int, Double) {
        var frames = 0
        let begun = nanoseconds()
        while true {
            for stack in stacks {
                unwind(stack, &unwinder)
                frames += unwinder.frameCount
            }
            let seconds = Double(nanoseconds() - begun) / 1e9
            if seconds >= limit { return (frames, seconds) }
        }
    }

    private func unwind(_ stack: Stack, _ unwinder: inout ProcessUnwinder) {
        stack.bytes.withUnsafeBytes {
            _ = unwinder.unwind(stack.registers, StackBytes(base: stack.base, bytes: $0))
        }
    }
}

/// The CPU time of this process: others may use the machine meanwhile.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
