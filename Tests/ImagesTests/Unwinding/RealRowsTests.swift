// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

/// The unwind rows of the files of this machine, compared with what the binutils say about them.
@Suite struct RealRowsTests {
    private func read(_ path: String) throws -> UnwindSections {
        try UnwindSections.read(
            from: ImageFile.open(path, symbolicLinks: .follow, expecting: nil)
        )
    }

    /// How much of a large file is compared: all of it where the code is compiled for speed.
    private static let lineLimit: Int? = {
        #if DEBUG
        20_000
        #else
        nil
        #endif
    }()

    /// Compares every row; returns how many there are.
    ///
    /// - Parameter lineLimit: How many lines of the listing are compared; nil for all.
    @discardableResult
    private func compare(_ path: String, lineLimit: Int? = nil) throws -> Int {
        let sections = try read(path)
        #expect(sections.failures.isEmpty)
        let frames = try #require(sections.tables.first)
        let table = UnwindTable(sections)
        let listing = try FrameListing(of: path, lineLimit: lineLimit)
        // Functions of no length, and those at 0, describe nothing.
        var described = listing.functions.filter { !$0.addresses.isEmpty }
        if lineLimit == nil {
            #expect(frames.index.count == described.count)
        } else {
            // The last one may have been cut.
            described = described.dropLast()
        }
        var rowCount = 0
        var wrong: [String] = []
        for function in described {
            let rows = rows(of: frames, at: function.addresses.lowerBound)
            rowCount += rows.count
            // A row that begins where its function ends holds for nothing: a linkage table may have
            // its first entry only.
            let listed = function.rows.filter { $0.address < function.addresses.upperBound }
            if rows != listed { wrong.append("\(function) is \(rows)") }
            for (row, next) in zip(
                listed,
                listed.dropFirst().map(\.address) + [function.addresses.upperBound]
            ) {
                for address in [row.address, next - 1] {
                    let rule = table.rule(at: ImageAddress(address))
                    if let text = RowText.contradiction(of: rule, to: row) {
                        wrong.append("\(row) at \(String(address, radix: 16)) is \(text)")
                    }
                }
            }
        }
        #expect(wrong.isEmpty, "\(path): \(wrong.count) wrong, such as \(wrong.prefix(5))")
        #expect(table.counts.droppedRecords == 0)
        #expect(table.counts.cutPages == 0)
        let part = lineLimit == nil ? "" : ", in part"
        print("\(path)\(part): \(rowCount) rows of \(described.count) functions")
        return rowCount
    }

    /// All rows of the function that begins at an address.
    private func rows(of frames: FrameTable, at address: UInt64) -> [FrameListing.Row] {
        var cache = InitialRowCache()
        let place = frames.index.countOfStarts(upTo: address) - 1
        guard place >= 0, let function = frames.function(at: place, &cache) else { return [] }
        var program = FrameProgram(
            frames.section,
            function.entry,
            after: function.initial,
            instructionLimit: Int.max
        )
        var rows: [FrameListing.Row] = []
        while case .row(let range) = program.next() {
            rows.append(RowText.row(program.row, at: range.lowerBound))
        }
        return rows
    }

    /// The first of several paths that this machine has.
    private func first(_ paths: [String]) throws -> String {
        try #require(paths.first { access($0, R_OK) == 0 })
    }

    @Test func theCLibrary() throws {
        #expect(try compare(first(["/lib/x86_64-linux-gnu/libc.so.6"])) > 10_000)
    }

    @Test func theLoader() throws {
        #expect(try compare(first(["/lib64/ld-linux-x86-64.so.2"])) > 1000)
    }

    @Test func theLibraryOfCPlusPlus() throws {
        let path = try first(["/usr/lib/x86_64-linux-gnu/libstdc++.so.6"])
        #expect(try compare(path, lineLimit: Self.lineLimit) > 5_000)
    }

    /// The interpreter: in a library, or on some systems in the program alone.
    @Test func theLibraryOfPython() throws {
        let library = "/sbin/ldconfig -p | sed -n 's/.*libpython3[.0-9]*[.]so[.].* => //p'"
        let program = "readlink -f /usr/bin/python3"
        let path = try #require(lines(of: "{ \(library); \(program); }").first)
        #expect(try compare(String(path), lineLimit: Self.lineLimit) > 5_000)
    }

    /// Swift's functions are another compiler's, and many.
    @Test func theLibraryOfSwift() throws {
        let maps = "/proc/\(getpid())/maps"
        let path = try #require(lines(of: "grep -o '/.*/libswiftCore.so$' \(maps)").first)
        #expect(try compare(String(path), lineLimit: Self.lineLimit) > 5_000)
    }

    /// Whatever else this process has loaded: libm, libgcc, the libraries of the tests.
    @Test func everyOtherLibraryOfThisProcess() throws {
        let maps = "/proc/\(getpid())/maps"
        let paths = try Set(lines(of: "grep -o ' /.*[.]so[.0-9]*$' \(maps) | cut -c 2-"))
        #expect(paths.count > 5)
        for path in paths { try compare(String(path), lineLimit: 2000) }
    }
}
