// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// Recordings of real programs, built without frame pointers.
@Suite(.serialized) struct RecorderTests {
    /// Records a program until a number of samples were taken.
    private func record(
        _ arguments: [String],
        samples wanted: UInt64,
        threads: UInt64 = 1,
        separatesThreads: Bool = false
    ) async throws -> (profile: Profile, summary: RecordingSummary) {
        let child = try ProcChild([TargetPrograms.path(arguments[0])] + arguments.dropFirst())
        // One that starts later is found a second later, when the samples have been taken.
        try child.waitForThreads(threads)
        var configuration = TracerBench.configuration(hertz: 999, seed: 11)
        configuration.engine.stackBytes = StackCopy.mostBytes
        let bench = try TracerBench(configuration)
        let target = try child.target()
        var options = Recorder.Options()
        options.separatesThreads = separatesThreads
        let recorder = Recorder(options: options)
        await recorder.update(added: [target])
        await bench.tracer.update(added: [target], removed: [])
        _ = await bench.run { batch in
            await bench.tracer.copyStacks(await recorder.ingest(batch))
            return await recorder.sampleCount >= wanted
        }
        return await recorder.finish(
            target: arguments[0],
            startNanoseconds: 0,
            durationNanoseconds: 1,
            rate: configuration.rate
        )
    }

    /// Each stack's functions, the leaf first, with how many samples found it.
    private func stacks(_ profile: Profile) -> [(functions: [String], count: UInt64)] {
        profile.samples.map { sample in
            let functions = sample.stack.flatMap { index in
                profile.frames(at: profile.locations[index]).map(\.function)
            }
            return (functions, sample.count)
        }
    }

    @Test func findsTheWholeStackWithoutFramePointers() async throws {
        let (profile, summary) = try await record(["busy", "--seconds", "0"], samples: 1_200)
        #expect(summary.stacks.complete * 100 >= summary.stacks.total * 99)
        // Samples and not their time: on a busy machine one thread can be sampled much less than
        // its share of the CPU time, and then few samples weigh much.
        let samples = Double(profile.sampleCount)
        for (name, share) in [("hot_sixty", 0.6), ("warm_thirty", 0.3), ("cool_ten", 0.1)] {
            let own = stacks(profile).filter { $0.functions.first == name }
            let found = Double(own.reduce(0) { $0 + $1.count }) / samples
            // Four standard errors of a share of 600 samples: two in a row often find the same
            // call of a function, which takes 0.3 to 1.5 ms.
            let error = (share * (1 - share) / 600).squareRoot()
            #expect(abs(found - share) < 4 * error, "\(name): \(found)")
            // The compiler may call it straight or put `measure` into `compute`.
            #expect(own.allSatisfy { $0.functions.contains("compute") })
        }
    }

    @Test func givesOutExactlyTheTimeThatTheKernelCounts() async throws {
        let (profile, summary) = try await record(["busy", "--seconds", "0"], samples: 200)
        let difference = Double(profile.nanoseconds) - Double(summary.cpuNanoseconds)
        #expect(abs(difference) < 0.01 * Double(summary.cpuNanoseconds))
        #expect(profile.sampleCount == summary.samples)
    }

    @Test func keepsThreadsApartWhenAsked() async throws {
        let (profile, _) = try await record(
            ["busy", "--seconds", "0", "--threads", "2"],
            samples: 200,
            threads: 3,
            separatesThreads: true
        )
        let threads = Set(
            profile.samples.filter { $0.count > 0 }.compactMap { $0.labels.thread }
        )
        #expect(threads.count == 2)
    }

    @Test func copiesMoreOfAStackThatIsDeeper() async throws {
        let (profile, summary) = try await record(
            ["deep", "--frames", "1000", "--frame-bytes", "128"],
            samples: 300
        )
        // The first copies are too short: 1,000 frames take some 150 KiB.
        #expect(summary.stacks.truncated[.copyEnd] > 0)
        #expect(summary.stacks.complete > 200)
        let deepest = stacks(profile).map { $0.functions.count { $0 == "descend" } }.max()
        #expect(deepest == 1_000)
    }
}
