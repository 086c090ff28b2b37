// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Testing

@testable import Agent

@Suite struct ProfileInputTests {
    /// The line of a failure.
    private func message(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch let failure as Failure {
            return failure.message
        } catch {
            return "another error"
        }
    }

    private func profile(_ kind: Profile.Kind, samples: UInt64 = 1) -> Profile {
        var builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: 1,
            periodNanoseconds: 10,
            target: "busy"
        )
        let function = builder.index(of: ProfileFunction(name: "f", systemName: "f"))
        let line = ProfileLocation.Line(function: function, line: 0)
        let location = builder.index(
            of: ProfileLocation(mapping: nil, address: Address(1), lines: [line])
        )
        builder.add(stack: [location], count: samples, nanoseconds: 10, end: .complete)
        return builder.build()
    }

    @Test func readsWhateverFormatAFileHas() throws {
        let directory = try ScratchDirectory()
        let path = try directory.write("x", PprofFormat.encode(profile(.wall, samples: 3)))
        let read = try ProfileInput(path: path).read(periodNanoseconds: 0)
        #expect(read.sampleCount == 3 && read.kind == .wall && read.target == "busy")
        let folded = try directory.write("a.folded", Array("f 4\n".utf8))
        let timed = try ProfileInput(path: folded).read(periodNanoseconds: 5)
        #expect(timed.nanoseconds == 20 && timed.target == "a.folded")
    }

    @Test func addsFilesUp() throws {
        let directory = try ScratchDirectory()
        let one = try directory.write("1", Array("f 4\n".utf8))
        let other = try directory.write("2", Array("f 5\ng 1\n".utf8))
        let merged = try ProfileInput.merged(
            [ProfileInput(path: one), ProfileInput(path: other)],
            periodNanoseconds: 0
        )
        #expect(merged.samples.map(\.count) == [9, 1])
        #expect(merged.target == "1, 2")
    }

    @Test func saysWhyAFileCannotBeRead() throws {
        let directory = try ScratchDirectory()
        let missing = "\(directory.path)/none"
        #expect(
            message { _ = try ProfileInput(path: missing).read(periodNanoseconds: 0) }
                == "\(missing) can't be read: No such file or directory"
        )
        #expect(
            message { _ = try ProfileInput(path: directory.path).read(periodNanoseconds: 0) }
                == "\(directory.path) can't be read: Is a directory"
        )
        let empty = try directory.write("empty", [])
        #expect(
            message { _ = try ProfileInput(path: empty).read(periodNanoseconds: 0) }
                == "\(empty) can't be read as a profile: it is empty"
        )
    }

    @Test func saysWhichFilesCannotBeAddedUp() throws {
        let directory = try ScratchDirectory()
        let inputs = [
            try directory.write("cpu", PprofFormat.encode(profile(.cpu))),
            try directory.write("wall", PprofFormat.encode(profile(.wall))),
            try directory.write("counts", Array("f 1\n".utf8)),
        ]
        .map { ProfileInput(path: $0) }
        let kinds = message {
            _ = try ProfileInput.merged([inputs[0], inputs[1]], periodNanoseconds: 0)
        }
        #expect(
            kinds == "\(inputs[0].path) and \(inputs[1].path) can't be added up: "
                + "one is of cpu time and one of wall time"
        )
        let clocks = message {
            _ = try ProfileInput.merged([inputs[0], inputs[2]], periodNanoseconds: 0)
        }
        #expect(clocks?.hasSuffix("--rate says what samples of the other stand for") == true)
        #expect(
            message {
                _ = try ProfileInput.merged([inputs[0], inputs[2]], periodNanoseconds: 10)
            } == nil
        )
    }
}
