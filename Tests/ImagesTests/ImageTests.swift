// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

@Suite struct ImageTests {
    private func writer() -> ELFWriter {
        var writer = ELFWriter()
        writer.add(symbols: [.init(name: "f", address: 0x1100, size: 0x10)])
        return writer
    }

    @Test func answersByFileOffset() throws {
        var writer = writer()
        // Code lies one page further in memory than in the file.
        writer.segments[0].offset = 0
        let image = try Image.of(writer)
        #expect(
            image.symbol(atFileOffset: 0x104)
                == .symbol(
                    Symbol(
                        name: "f",
                        offsetInFunction: 4,
                        addresses: ImageAddress(0x1100)..<ImageAddress(0x1110)
                    )
                )
        )
        #expect(image.symbol(atFileOffset: 0x110) == .gap)
        #expect(image.symbol(atFileOffset: 0xff) == .gap)
        #expect(image.symbol(atFileOffset: 0x2000) == .outsideSegments)
        #expect(image.symbol(atFileOffset: UInt64.max) == .outsideSegments)
    }

    @Test func saysThatThereAreNoSymbols() throws {
        let image = try Image.of(ELFWriter())
        #expect(image.symbol(atFileOffset: 0x1000) == .noSymbols)
        #expect(image.partialFailures.isEmpty)
        #expect(image.buildID == nil)
        #expect(image.machine == .x86_64)
    }

    @Test func knowsAFileWithoutSections() throws {
        var writer = ELFWriter()
        writer.sections = []
        let image = try Image.of(writer)
        #expect(image.symbol(atFileOffset: 0x1000) == .noSymbols)
        #expect(image.segments.loads.count == 1)
    }

    @Test func countsHeadersInTheFirstSectionWhereTheyDoNotFit() throws {
        var writer = writer()
        writer.extendedCounts = true
        let image = try Image.of(writer)
        #expect(image.symbol(atFileOffset: 0x1100).symbol?.name == "f")
        #expect(image.partialFailures.isEmpty)
    }

    @Test func needsTheFirstSectionOnlyForProgramHeaders() throws {
        var writer = writer()
        writer.extendedCounts = true
        let directory = try TemporaryDirectory()
        var bytes = writer.bytes()
        bytes.replaceSubrange(40..<48, with: little(UInt64.max - 10))
        #expect(throws: ImageFailure.truncated) { try Image.of(bytes, in: directory) }
        bytes.replaceSubrange(56..<58, with: little(UInt16(1)))
        let image = try Image.of(bytes, in: directory)
        #expect(image.partialFailures.contains(.truncated))
        #expect(image.segments.loads.count == 1)
    }

    @Test func boundsTheCountsOfHeaders() throws {
        var limits = ImageLimits.standard
        limits.programHeaders = 0
        #expect(throws: ImageFailure.tooManyProgramHeaders) {
            try Image.of(writer(), limits: limits)
        }
        limits = .standard
        limits.sections = 3
        let image = try Image.of(writer(), limits: limits)
        #expect(image.partialFailures == [.tooManySections])
        #expect(image.symbol(atFileOffset: 0x1100) == .noSymbols)
    }

    @Test func boundsHugeCountsWithoutReading() throws {
        var writer = writer()
        writer.extendedCounts = true
        let directory = try TemporaryDirectory()
        var bytes = writer.bytes()
        let first = bytes.count - 64 * (writer.sections.count + 1)
        bytes.replaceSubrange((first + 32)..<(first + 40), with: little(UInt64.max))
        #expect(try Image.of(bytes, in: directory).partialFailures == [.tooManySections])
        bytes.replaceSubrange((first + 44)..<(first + 48), with: little(UInt32.max))
        #expect(throws: ImageFailure.tooManyProgramHeaders) { try Image.of(bytes, in: directory) }
    }

    @Test func refusesFilesThatAreNotELF() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: ImageFailure.notELF) { try Image.of([], in: directory) }
        #expect(throws: ImageFailure.notELF) {
            try Image.of(Array("#!/bin/sh\nexit 0\n".utf8), in: directory)
        }
    }

    @Test func refusesAFileThatWasWrittenToMeanwhile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(writer().bytes(), to: "f")
        let file = try ImageFile.open(path, expecting: nil)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(throws: ImageFailure.changed) { try Image.read(from: file) }
    }
}
