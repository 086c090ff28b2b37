// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphPageReader")
struct FlameGraphPageReaderTests {
    private func read(_ bytes: [UInt8]) throws -> Profile {
        try ProfileReader.read(bytes, hints: ReadProfiles.hints)
    }

    /// A page with data of our own making.
    private func page(_ data: String) -> [UInt8] {
        Array(
            ("<!DOCTYPE html><script type=\"application/json\" id=\"profile\">" + data
                + "</script>").utf8
        )
    }

    @Test("reads what this program writes")
    func roundTrip() throws {
        for profile in [SampleProfiles.busy, SampleProfiles.wall] {
            let read = try read(FlameGraphPage.encode(profile))
            #expect(ReadProfiles.stacks(read) == ReadProfiles.stacks(profile))
            #expect(ReadProfiles.times(read) == ReadProfiles.times(profile))
            #expect(ReadProfiles.functions(read) == ReadProfiles.functions(profile))
            #expect(read.target == profile.target && read.kind == profile.kind)
            #expect(read.startNanoseconds == profile.startNanoseconds)
            #expect(read.durationNanoseconds == profile.durationNanoseconds)
            #expect(read.periodNanoseconds == profile.periodNanoseconds)
            #expect(read.incompleteWeight == profile.incompleteWeight)
        }
    }

    @Test("an empty profile has a page, and is read back")
    func empty() throws {
        #expect(try read(FlameGraphPage.encode(SampleProfiles.empty)).samples.isEmpty)
    }

    @Test(
        "refuses a tree that is none",
        arguments: [
            // Of different lengths.
            #""depth":[0,1],"flags":[0],"name":[0],"object":[0],"samples":[1],"nanoseconds":[1]"#,
            // Two levels at once.
            #""depth":[0,2],"flags":[0,1],"name":[0,0],"object":[0,0],"#
                + #""samples":[0,1],"nanoseconds":[0,1]"#,
            // A second root.
            #""depth":[0,0],"flags":[0,1],"name":[0,0],"object":[0,0],"#
                + #""samples":[0,1],"nanoseconds":[0,1]"#,
            // A name that is not there.
            #""depth":[0,1],"flags":[0,1],"name":[0,9],"object":[0,0],"#
                + #""samples":[0,1],"nanoseconds":[0,1]"#,
            #""depth":[-1]"#,
        ]
    )
    func refuses(nodes: String) {
        let data = "{\"names\":[\"a\"],\"objects\":[\"\"],\"nodes\":{\(nodes)}}"
        #expect(throws: ProfileReadFailure.danglingReference) { try read(page(data)) }
    }

    @Test("refuses data that is cut short")
    func cut() throws {
        let whole =
            #"{"names":["a"],"objects":[""],"nodes":{"depth":[0,1],"flags":[0,1],"#
            + #""name":[0,0],"object":[0,0],"samples":[0,2],"nanoseconds":[0,3]}}"#
        #expect(ReadProfiles.stacks(try read(page(whole))) == "a 2\n")
        for count in 0..<whole.utf8.count {
            #expect(throws: ProfileReadFailure.self) {
                try read(page(String(whole.prefix(count))))
            }
        }
    }

    @Test("whatever is cut short or changed is read or refused")
    func hostile() throws {
        let bytes = FlameGraphPage.encode(SampleProfiles.wall)
        let data = try #require(
            bytes.indices.last { bytes[$0...].starts(with: "id=\"profile\"".utf8) }
        )
        for count in stride(from: data - 40, to: bytes.count, by: 7) {
            ReadProfiles.use(Array(bytes.prefix(count)))
        }
        let begin = Array(bytes[(data - 40)...].prefix(1500))
        for seed in 0..<100 as Range<UInt64> {
            let damaged = ReadProfiles.damaged(begin, seed: seed)
            ReadProfiles.use(Array("<!DOCTYPE html>".utf8) + damaged)
        }
    }
}
