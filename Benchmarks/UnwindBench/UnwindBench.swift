// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Sampler

/// What the unwind table of a file costs: to index, to compile, to hold, and to step through.
///
///     unwind-bench FILE ...
///     unwind-bench stacks PID SLABS SECONDS FRAMES
///
/// Every step begins with rsp, rbp and rbx known, 64 KiB of stack, and an address at random in the
/// file's code. It reports how many of those steps found a caller: the others are
/// cheaper.
///
/// `stacks` does what `Benchmarks/UnwindPeers/unwind-peers.c` does with the same file.
@main
enum UnwindBench {
    static func main() throws {
        let paths = Array(CommandLine.arguments.dropFirst())
        guard !paths.isEmpty else {
            print("usage: unwind-bench FILE ... | stacks PID SLABS SECONDS FRAMES")
            exit(2)
        }
        if paths[0] == "stacks", paths.count == 5, let pid = Int32(paths[1]),
            let seconds = Double(paths[3])
        {
            return try unwindStacks(ProcessID(pid), paths[2], seconds, paths[4])
        }
        for path in paths { try measure(path) }
    }

    private static func unwindStacks(
        _ process: ProcessID,
        _ path: String,
        _ seconds: Double,
        _ framesPath: String
    ) throws {
        guard var unwinder = ProcessUnwinder(of: process) else {
            print("unwind-bench: the mappings of \(process) cannot be read")
            exit(1)
        }
        let stacks = try RecordedStacks(path: path)
        try stacks.write(to: framesPath, by: &unwinder)
        let (frames, spent) = stacks.measure(seconds: seconds, by: &unwinder)
        print(frames, spent)
    }

    private static func measure(_ path: String) throws {
        let file = try ImageFile.open(path, symbolicLinks: .follow, expecting: nil)
        let begun = nanoseconds()
        let sections = try UnwindSections.read(from: file)
        let read = nanoseconds()
        let table = UnwindTable(sections)
        let sectionMegabytes = Double(table.byteCount) / 1e6
        let code = try Image.read(from: file).segments.loads.filter(\.isExecutable)
        guard let text = code.max(by: { $0.fileBytes < $1.fileBytes }) else { return }
        print(path)
        report("read and index", Double(read - begun) / 1e6, "ms")
        report("unwind records and index", sectionMegabytes, "MB")

        let compiling = nanoseconds()
        let start = text.address.rawValue
        for address in stride(from: start, to: start + text.fileBytes, by: 1 << 16) {
            _ = step(table, address)
        }
        let spent = Double(nanoseconds() - compiling)
        let pages = Double(table.counts.compiledPages)
        report("compile a page", spent / pages / 1e3, "us")
        report("compile, for each MB of records", spent / 1e6 / sectionMegabytes, "ms")
        report(
            "rows, for each MB of records",
            Double(table.compiledByteCount) / 1e6 / sectionMegabytes,
            "MB"
        )
        report("a row", spent / (Double(table.compiledByteCount) / 4), "ns")
        report("different rules", Double(table.ruleCount), "")

        for count in [32, 1024, 1 << 20] {
            measureSteps(table, text, addressCount: count)
        }
    }

    /// Steps at so many addresses in turn, some millions of times.
    private static func measureSteps(_ table: UnwindTable, _ text: LoadSegment, addressCount: Int) {
        var random = SplitMix64(seed: 7)
        let start = text.address.rawValue
        var addresses: [UInt64] = []
        while addresses.count < addressCount {
            let address = start + UInt64.random(in: 0..<text.fileBytes, using: &random)
            // Data may lie in the same segment.
            if step(table, address) != .noRule { addresses.append(address) }
        }
        let words = [UInt64](repeating: 0x7_1000, count: 1 << 13)
        var registers = RegisterFile()
        var callers = 0
        let rounds = max(1, 4_000_000 / addressCount)
        let slowBefore = table.counts.slowSteps
        let begun = nanoseconds()
        words.withUnsafeBytes { bytes in
            let stack = StackBytes(base: Address(0x7_0000), bytes: bytes)
            for _ in 0..<rounds {
                for address in addresses {
                    // What a step before may have changed.
                    registers[RegisterFile.Number.stackPointer] = 0x7_0100
                    registers[RegisterFile.Number.framePointer] = 0x7_1000
                    registers[RegisterFile.Number.base] = 0x7_1000
                    let step = table.step(
                        at: ImageAddress(address),
                        registers: &registers,
                        stack: stack,
                        isInnermost: true
                    )
                    if case .caller = step { callers += 1 }
                }
            }
        }
        let steps = Double(rounds * addressCount)
        let each = Double(nanoseconds() - begun) / steps
        report("a step, \(addressCount) addresses in turn", each, "ns")
        report("  of which found a caller", Double(callers) / steps * 100, "%")
        report(
            "  of which were slow",
            Double(table.counts.slowSteps - slowBefore) / steps * 100,
            "%"
        )
    }

    private static func step(_ table: UnwindTable, _ address: UInt64) -> UnwindStep {
        var registers = RegisterFile()
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        return table.step(
            at: ImageAddress(address),
            registers: &registers,
            stack: StackBytes(base: Address(0), bytes: nothing),
            isInnermost: true
        )
    }

    private static func report(_ what: String, _ value: Double, _ unit: String) {
        let rounded = (value * 10).rounded() / 10
        print("  \(what): \(rounded) \(unit)")
    }
}
