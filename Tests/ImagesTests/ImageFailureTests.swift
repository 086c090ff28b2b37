// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ImageFailureTests {
    private let all: [ImageFailure] = [
        .absent, .notPermitted, .notRegular, .tooLarge, .replaced, .changed, .system(5), .notELF,
        .unsupportedClass, .unsupportedByteOrder, .unsupportedMachine, .unsupportedType,
        .malformedHeader, .truncated, .tooManyProgramHeaders, .tooManySections, .compressedSection,
        .malformedSymbolTable, .symbolTableTooLarge, .malformedCompression, .decompressedTooLarge,
        .debugFileMismatch, .foreignOwner,
        .unwindSectionTooLarge,
    ]

    @Test func reasonsAreDistinctAndFitForLabels() {
        #expect(Set(all.map(\.reason)).count == all.count)
        for failure in all {
            #expect(failure.reason.allSatisfy { $0 == "_" || ("a"..."z").contains($0) })
        }
    }

    @Test func messagesAreOneLineThatNamesTheFile() {
        for failure in all {
            let message = failure.message(path: "/usr/lib/libexample.so")
            #expect(message.contains("/usr/lib/libexample.so: "))
            #expect(!message.contains("\n"))
        }
    }

    @Test func systemErrorsShareOneReason() {
        #expect(ImageFailure.system(5).reason == ImageFailure.system(24).reason)
    }
}
