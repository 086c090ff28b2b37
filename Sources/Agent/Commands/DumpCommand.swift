// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Glibc
import Profiles
import Sampler

/// `ptarmigan dump`: the stacks of all threads of a process, now.
struct DumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Print the stacks of all threads of a process.",
        discussion: """
            Threads that wait are read without a stop. A thread that runs is held for the copy of \
            its stack, and the dump says for how long.
            """
    )

    @Option(name: [.short, .customLong("pid")], help: "The process.")
    var pid: Int32

    @Flag(name: [.customShort("j"), .customLong("json")], help: "Print JSON.")
    var json = false

    @Option(help: "Seconds to wait for threads that run to be where a stop is harmless.")
    var timeout = 1.0

    func validate() throws {
        guard pid > 0 else { throw ValidationError("-p takes the number of a process") }
        guard timeout > 0, timeout <= 60 else {
            throw ValidationError("--timeout must be above 0 and at most 60 seconds")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let limit = (try? DescriptorLimit.raise())
            var sampler = SamplerConfiguration(
                cpuCount: Host.cpuCount,
                seed: UInt64.random(in: .min ... .max)
            )
            sampler.rate = SamplingRate(hertz: 199)
            // A visit or two to each thread at most, which the one who asks pays for.
            sampler.budget.pauseShare = 1
            sampler.budget.agentShare = .infinity
            sampler.engine.stackBytes = StackCopy.mostBytes
            sampler.recordsWaits = true
            sampler.batchNanoseconds = 20_000_000
            sampler.longestBackOffNanoseconds = 10_000_000
            sampler.descriptorCapacity = limit?.cacheCapacity ?? 512
            let session = DumpSession(
                sampler: sampler,
                process: ProcessID(pid),
                timeout: .nanoseconds(Int64(timeout * 1e9))
            )
            let dump = try await session.run()
            try StandardOutput.write(
                json ? DumpJSONFormat.encode(dump) : DumpTextFormat.encode(dump)
            )
        }
    }
}
