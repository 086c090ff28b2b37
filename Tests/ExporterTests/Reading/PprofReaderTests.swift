// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import SwiftProtobuf
import Testing

@testable import Exporter

@Suite("PprofReader")
struct PprofReaderTests {
    private func read(_ bytes: [UInt8]) throws -> Profile {
        try ProfileReader.read(bytes, hints: ReadProfiles.hints)
    }

    /// The message of a profile, with a change.
    private func message(_ change: (inout PprofProfile) -> Void) throws -> [UInt8] {
        var message = PprofMessage(
            SampleProfiles.wall,
            labels: [.group],
            limits: PprofFormat.Limits()
        )
        .message
        change(&message)
        return try message.serializedBytes()
    }

    @Test("reads what this program writes")
    func roundTrip() throws {
        for profile in [SampleProfiles.busy, SampleProfiles.wall] {
            let bytes = try PprofFormat.encode(profile, labels: Set(PprofFormat.Label.allCases))
            let read = try read(bytes)
            #expect(ReadProfiles.stacks(read) == ReadProfiles.stacks(profile))
            #expect(ReadProfiles.times(read) == ReadProfiles.times(profile))
            #expect(ReadProfiles.functions(read) == ReadProfiles.functions(profile))
            #expect(read.target == profile.target && read.kind == profile.kind)
            #expect(read.startNanoseconds == profile.startNanoseconds)
            #expect(read.durationNanoseconds == profile.durationNanoseconds)
            #expect(read.periodNanoseconds == profile.periodNanoseconds)
            #expect(read.incompleteWeight == profile.incompleteWeight)
            #expect(Set(read.samples.map(\.labels)) == Set(profile.samples.map(\.labels)))
            #expect(
                Set(read.mappings.map(\.buildID)) == Set(profile.mappings.map(\.buildID))
            )
            let lines = [profile, read].map { Set($0.locations.flatMap(\.lines).map(\.line)) }
            #expect(lines[0] == lines[1])
            #expect(
                Set(read.locations.map(\.address)).isSuperset(
                    of: profile.locations.filter { $0.mapping != nil }.map(\.address)
                )
            )
        }
    }

    @Test("reads what Go's pprof writes")
    func go() throws {
        // Unless told not to, it takes parts of names for templates and arguments.
        let output = try TemporaryFile([])
        let bytes = try PprofFormat.encode(SampleProfiles.busy)
        let outcome = try GoTool.pprof("-symbolize=none -proto -output=\(output.path)", bytes)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
        let written = try TemporaryFile.read(output.path)
        #expect(written.starts(with: Gzip.magic))
        let read = try read(written)
        #expect(ReadProfiles.times(read) == ReadProfiles.times(SampleProfiles.busy))
        #expect(ReadProfiles.stacks(read) == ReadProfiles.stacks(SampleProfiles.busy))
    }

    @Test("without this program's mark a comment is no title")
    func foreign() throws {
        let bytes = try message { message in
            message.mapping.removeFirst()
            for index in message.mapping.indices { message.mapping[index].hasFunctions_p = false }
        }
        #expect(try read(bytes).target == "a file")
        #expect(try read(message { _ in }).target == SampleProfiles.wall.target)
    }

    @Test(
        "refuses what refers to nothing",
        arguments: [
            { $0.sample[0].locationID[0] = 99 }, { $0.location[0].mappingID = 99 },
            { $0.location[0].line[0].functionID = 99 }, { $0.function[0].name = 9999 },
            { $0.function[0].name = -1 }, { $0.location[0].id = 0 }, { $0.mapping[1].id = 1 },
            { $0.location[1].id = $0.location[0].id }, { $0.function[1].id = 1 },
            { $0.sample[0].value = [1] }, { $0.sampleType[0].type = 9999 },
            { $0.mapping[1].memoryLimit = 1 }, { $0.comment = [9999] },
        ] as [@Sendable (inout PprofProfile) -> Void]
    )
    func dangling(change: @Sendable (inout PprofProfile) -> Void) throws {
        let bytes = try message(change)
        #expect(throws: ProfileReadFailure.danglingReference) { try read(bytes) }
    }

    @Test("refuses differences, messages without a type, and bytes that are no message")
    func refuses() throws {
        let negative = try message { $0.sample[0].value[1] = -5 }
        #expect(throws: ProfileReadFailure.negativeWeight) { try read(negative) }
        let untyped = try message { $0.sampleType = [] }
        #expect(throws: ProfileReadFailure.unknownFormat) { try read(untyped) }
        #expect(throws: ProfileReadFailure.damagedMessage) { try read([0x0a, 0x05, 0x01]) }
    }

    @Test("few bytes cannot stand for more frames than are read")
    func bounded() throws {
        let bytes = try message { message in
            let line = message.location[0].line[0]
            message.location[0].line = Array(repeating: line, count: 10_000)
            message.sample[0].locationID = Array(
                repeating: message.location[0].id,
                count: 10_000
            )
        }
        #expect(throws: ProfileReadFailure.tooManyFrames) { try read(bytes) }
    }

    @Test("whatever is cut short or changed is read or refused")
    func hostile() throws {
        let packed = try PprofFormat.encode(SampleProfiles.wall)
        for count in packed.indices {
            #expect(ReadProfiles.use(Array(packed.prefix(count))) == nil, "\(count)")
        }
        let plain = try inflated(packed)
        for count in plain.indices { ReadProfiles.use(Array(plain.prefix(count))) }
        let busy = try inflated(PprofFormat.encode(SampleProfiles.busy))
        for seed in 0..<150 as Range<UInt64> {
            ReadProfiles.use(ReadProfiles.damaged(plain, seed: seed))
            ReadProfiles.use(ReadProfiles.damaged(busy, seed: seed))
        }
    }
}
