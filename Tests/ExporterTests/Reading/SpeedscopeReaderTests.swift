// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("SpeedscopeReader")
struct SpeedscopeReaderTests {
    private func read(_ text: String) throws -> Profile {
        try ProfileReader.read(Array(text.utf8), hints: ReadProfiles.hints)
    }

    /// A file with two functions and one profile, of these members.
    private func file(_ members: String, active: Int = 0) -> String {
        """
        {"profiles":[{\(members)}],"activeProfileIndex":\(active),"$schema":"x",
         "shared":{"frames":[{"name":"main","file":"busy","line":3},{"name":"f","file":"/a/f.c"}]}}
        """
    }

    @Test("reads what this program writes")
    func roundTrip() throws {
        let profile = SampleProfiles.busy
        let read = try ProfileReader.read(
            SpeedscopeFormat.encode(profile),
            hints: ReadProfiles.hints
        )
        // The format does not say what was inlined.
        let times = ReadProfiles.times(profile).replacing("_[i]", with: "")
        #expect(ReadProfiles.times(read) == times)
        #expect(read.target == profile.target)
        #expect(read.kind == .cpu && read.hasClock)
        #expect(read.nanoseconds == profile.nanoseconds)
        let wall = SpeedscopeFormat.encode(SampleProfiles.wall)
        #expect(try ProfileReader.read(wall, hints: ReadProfiles.hints).kind == .wall)
    }

    @Test("adds up the profiles of a file that have the unit of the one shown")
    func threads() throws {
        let part = #""type":"sampled","unit":"milliseconds","startValue":0,"endValue":9,"#
        let text = file(
            part + #""samples":[[0,1],[0]],"weights":[2,1.5]},{"type":"evented","unit":"bytes"},{"#
                + part + #""samples":[[0,1]],"weights":[4]"#
        )
        let read = try read(text)
        #expect(ReadProfiles.times(read) == "main 1500\nmain;f 6000\n")
        #expect(read.durationNanoseconds == 9_000_000)
        #expect(read.target == "a file")
        #expect(ReadProfiles.functions(read).contains { $0.hasPrefix("main busy ") })
    }

    @Test("a weight without a unit is a count")
    func counts() throws {
        let read = try read(
            file(#""type":"sampled","unit":"none","samples":[[0,1]],"weights":[3]"#)
        )
        #expect(ReadProfiles.stacks(read) == "main;f 3\n")
        #expect(!read.hasClock)
        // It stays one when it is written again, in each format that is read back.
        for bytes in [
            SpeedscopeFormat.encode(read), try PprofFormat.encode(read),
            FlameGraphPage.encode(read), FoldedFormat.encode(read),
        ] {
            let again = try ProfileReader.read(bytes, hints: ReadProfiles.hints)
            #expect(ReadProfiles.stacks(again) == "main;f 3\n" && !again.hasClock)
        }
    }

    @Test("says why it cannot read a file")
    func refuses() {
        let cases: [(ProfileReadFailure, String)] = [
            (.eventedProfile, #""type":"evented","unit":"seconds","events":[{"type":"O"}]"#),
            (.noTime(types: ["bytes"]), #""type":"sampled","unit":"bytes","samples":[]"#),
            (
                .danglingReference,
                #""type":"sampled","unit":"seconds","samples":[[2]],"weights":[1]"#
            ),
            (
                .danglingReference,
                #""type":"sampled","unit":"seconds","samples":[[0]],"weights":[]"#
            ),
            (
                .danglingReference,
                #""type":"sampled","unit":"seconds","samples":[[-1]],"weights":[1]"#
            ),
            (
                .negativeWeight,
                #""type":"sampled","unit":"seconds","samples":[[0]],"weights":[-1]"#
            ),
        ]
        for (failure, members) in cases {
            #expect(throws: failure) { try read(file(members)) }
        }
        #expect(throws: ProfileReadFailure.noProfile) { try read(#"{"profiles":[]}"#) }
    }

    @Test("members of other kinds than they should be do no harm where they are not needed")
    func oddMembers() throws {
        let members = #""type":"sampled","unit":"seconds","endValue":"x","name":null,"#
        let text = file(members + #""samples":[[0]],"weights":[1]"#, active: 99)
            .replacing("{\"profiles\"", with: "{\"name\":[1],\"exporter\":{},\"profiles\"")
        #expect(ReadProfiles.times(try read(text)) == "main 1000000\n")
    }

    @Test("whatever is cut short is refused, and whatever is changed read or refused")
    func hostile() {
        let bytes = SpeedscopeFormat.encode(SampleProfiles.wall)
        // The last byte ends the line.
        for count in 0..<(bytes.count - 1) {
            #expect(ReadProfiles.use(Array(bytes.prefix(count))) == nil, "\(count)")
        }
        let busy = SpeedscopeFormat.encode(SampleProfiles.busy)
        for seed in 0..<100 as Range<UInt64> {
            ReadProfiles.use(ReadProfiles.damaged(bytes, seed: seed))
            ReadProfiles.use(ReadProfiles.damaged(busy, seed: seed))
        }
    }
}
