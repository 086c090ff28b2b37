// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import SwiftProtobuf
import Testing

@testable import Exporter

@Suite("PprofFormat")
struct PprofFormatTests {
    @Test("the compressed message has the golden bytes")
    func golden() throws {
        let bytes = try PprofFormat.encode(SampleProfiles.busy)
        try Golden.expect(inflated(bytes), in: "busy.pprof")
    }

    @Test("go tool pprof -top says what the profile says")
    func top() throws {
        let bytes = try PprofFormat.encode(SampleProfiles.busy)
        let outcome = try GoTool.pprof("-top -unit=ms", bytes)
        #expect(outcome.exitCode == 0)
        let output = outcome.output
        #expect(output.contains("Type: cpu\n"))
        // Whatever the names are, a terminal is told nothing by them.
        #expect(output.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
        #expect(output.contains("Time: Sep 21, 2026 at 2:13pm (UTC)\n"))
        #expect(output.contains("Duration: 10s, Total samples = 10606.06ms (106.06%)\n"))
        let rows = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.contains { $0.first == "5575.76ms" && $0.last == "hot_sixty" }, "\(output)")
        #expect(rows.contains { $0.suffix(2) == ["hot_thirty", "(partial-inline)"] }, "\(output)")
    }

    @Test("go tool pprof -traces shows the stacks, and the marks at their roots")
    func traces() throws {
        let bytes = try PprofFormat.encode(
            SampleProfiles.busy,
            labels: Set(PprofFormat.Label.allCases)
        )
        let outcome = try GoTool.pprof("-traces -sample_index=samples", bytes)
        #expect(outcome.exitCode == 0)
        // A trace is lines from the leaf to the root, below a line of dashes and its labels.
        let traces = outcome.output.components(between: "-----------+")
        let kernel = try #require(traces.first { $0.contains(["30", "[kernel]"]) })
        #expect(kernel.map(\.last) == ["[kernel]", "write", "main", "_start"], "\(kernel)")
        let broken = try #require(traces.first { $0.last?.last == "no_rule]" })
        #expect(broken.first == ["12", "hot_sixty"])
        #expect(outcome.output.contains("group:  busy.service"))
        #expect(outcome.output.contains("thread_name:  worker"))
        #expect(outcome.output.contains("pid:  812"))
        #expect(outcome.output.contains("tid:  813"))
    }

    @Test("go tool pprof refuses what is no message: the checks above can fail")
    func refuses() throws {
        let outcome = try GoTool.pprof("-top", [0x1f, 0x8b, 1, 2, 3])
        #expect(outcome.exitCode != 0)
    }

    @Test("go tool pprof reads profiles of each kind, and an empty one")
    func kinds() throws {
        for profile in [SampleProfiles.wall, SampleProfiles.empty] {
            let outcome = try GoTool.pprof("-top", PprofFormat.encode(profile))
            #expect(outcome.exitCode == 0, "\(outcome.output)")
            #expect(outcome.output.contains("Type: \(profile.kind.rawValue)"))
        }
    }
}

extension String {
    /// The words of the lines between lines that begin with a mark, without those of labels.
    fileprivate func components(between mark: String) -> [[[String]]] {
        var parts: [[[String]]] = [[]]
        for line in split(separator: "\n") {
            if line.hasPrefix(mark) {
                parts.append([])
                continue
            }
            let words = line.split(separator: " ").map(String.init)
            let isLabel = words.first.map { $0.hasSuffix(":") && !$0.hasPrefix("[") } ?? true
            if !isLabel { parts[parts.count - 1].append(words) }
        }
        return parts
    }
}
