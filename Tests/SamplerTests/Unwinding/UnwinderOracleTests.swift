// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import CUnwindOracle
import Images
import Profiles
import Testing

@testable import Sampler

/// Programs run one instruction at a time: our frames and libdw's, from the same bytes.
///
/// The seven differences among 10,789 stacks of the C program are all stacks that libdw leaves
/// and we follow to `_start`: six in ld.so's trampoline for lazy binding, on its way into the
/// resolver, and one in a start-up function without a rule, stopped at its first instruction. The
/// C++ program had none among 136,364.
@Suite(.serialized) struct UnwinderOracleTests {
    /// What a sweep came to.
    private struct Outcome {
        var compared = 0
        var equal = 0
        /// The first differences, for the message.
        var differences: [String] = []
    }

    private static let frameLimit = 256
    /// In a debug build each step costs too much to look at all of them.
    #if DEBUG
    private static let stride = 11
    #else
    private static let stride = 1
    #endif

    /// Runs a program to its end, or for so many instructions.
    private static func sweep(_ program: String, instructions limit: Int) throws -> Outcome {
        let oracle = try #require(unwind_oracle_start(TargetPrograms.path(program)))
        defer { unwind_oracle_end(oracle) }
        let process = ProcessID(unwind_oracle_pid(oracle))
        let maps = CodeMaps(
            root: "/proc",
            files: CodeFiles(limits: CodeLimits(imageBytes: 64 << 20, tableBytes: 64 << 20))
        )
        var outcome = Outcome()
        var unwinder = Unwinder()
        var map = try #require(currentMap(maps, process))
        for instruction in 0..<limit {
            let changesMaps = unwind_oracle_is_at_system_call(oracle) != 0
            guard unwind_oracle_step(oracle) != 0 else { break }
            if changesMaps {
                unwind_oracle_renew(oracle)
                map = currentMap(maps, process) ?? map
            }
            guard instruction % stride == 0 else { continue }
            compare(oracle, map, &unwinder, &outcome)
        }
        return outcome
    }

    /// The map as it is now.
    private static func currentMap(_ maps: CodeMaps, _ process: ProcessID) -> CodeMap? {
        maps.beginBatch()
        return maps.map(of: process, through: ThreadID(leaderOf: process), now: .now())
    }

    private static func compare(
        _ oracle: OpaquePointer,
        _ map: CodeMap,
        _ unwinder: inout Unwinder,
        _ outcome: inout Outcome
    ) {
        var registers = RegisterFile()
        let values = unwind_oracle_registers(oracle)
        for number in 0..<17 { registers[number] = values?[number] }
        registers.programCounter = values?[16] ?? 0
        var bytes: UnsafePointer<UInt8>?
        var base: UInt64 = 0
        let count = unwind_oracle_copy(
            oracle,
            Int(EngineSettings.redZoneBytes),
            32 << 10,
            &bytes,
            &base
        )
        let end = unwinder.unwind(
            registers,
            StackBytes(
                base: Address(base),
                bytes: UnsafeRawBufferPointer(start: bytes, count: count)
            ),
            in: map
        )
        var theirs = [UInt64](repeating: 0, count: frameLimit)
        let found = unwind_oracle_frames(oracle, &theirs, Int32(frameLimit))
        let expected = Array(theirs.prefix(Int(found)))
        let ours = unwinder.frames.map(\.address)
        outcome.compared += 1
        if ours == expected {
            outcome.equal += 1
        } else if outcome.differences.count < 12 {
            outcome.differences.append("\(hex(ours)) \(end); libdw: \(hex(expected))")
        }
    }

    /// The program will inherit it: a step that ends on the CPU that waits for it costs a tenth.
    private static func stayOnOneCPU() throws {
        let cpu = Int(cptrace_current_cpu())
        var words = CPUSet().words
        words[cpu / 64] = 1 << UInt64(cpu % 64)
        try CPUAffinity.set(CPUSet(words: words))
    }

    private static func hex(_ addresses: [UInt64]) -> String {
        addresses.map { String($0, radix: 16) }.joined(separator: " ")
    }

    @Test(arguments: [("oracle-c", 400_000), ("oracle-cpp", 1_500_000)])
    func agreesAtEveryInstruction(program: String, instructions: Int) async throws {
        try await OwnThread().run {
            try Self.stayOnOneCPU()
            let outcome = try Self.sweep(program, instructions: instructions)
            print("\(program): \(outcome.equal) of \(outcome.compared) stacks as libdw has them")
            for difference in outcome.differences { print("  \(difference)") }
            #expect(outcome.compared > 5_000)
            #expect(
                outcome.equal * 1_000 >= outcome.compared * 999,
                "\(outcome.equal) of \(outcome.compared); \(outcome.differences)"
            )
        }
    }
}
