// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

/// Files that were made to hurt: whatever they hold, there is an answer.
@Suite struct HostileFilesTests {
    private let directory: TemporaryDirectory
    /// A small library as a linker writes it, with every table the parsers read.
    private let library: [UInt8]

    init() throws {
        directory = try TemporaryDirectory()
        let source =
            "int a(int n) { return n + 1; } static int b(void) { return a(2); }\n"
            + "int (*c)(void) = b;\n"
        let file = try directory.write(Array(source.utf8), to: "a.c")
        _ = try lines(
            of: "gcc -shared -fPIC -Wl,-z,noseparate-code -o '\(directory.path("a.so"))' '\(file)'"
        )
        library = try contents(of: directory.path("a.so"))
    }

    /// Reads an image of the bytes and asks it about offsets all over the file.
    private func interrogate(_ bytes: [UInt8], offsets: some Sequence<UInt64>) throws -> Bool {
        let path = try directory.write(bytes, to: "hostile")
        do throws(ImageFailure) {
            let image = try Image.read(from: ImageFile.open(path, expecting: nil))
            for offset in offsets {
                if let symbol = image.symbol(atFileOffset: offset).symbol {
                    #expect(!symbol.name.isEmpty)
                    #expect(symbol.name.utf8.count <= 3 * SymbolTable.nameBytesLimit)
                }
            }
            #expect(image.symbols.byteCount <= 4 * bytes.count + 4096)
            return true
        } catch {
            return false
        }
    }

    @Test func theLibraryItselfIsRead() throws {
        #expect(try interrogate(library, offsets: [0]))
        let image = try Image.of(library, in: directory)
        #expect(image.partialFailures.isEmpty)
        #expect(image.symbols.count >= 2)
        #expect(image.buildID != nil || image.symbols.byteCount > 0)
    }

    @Test func truncatedAtEvery97thByte() throws {
        var images = 0
        for length in stride(from: 0, to: library.count, by: 97) {
            let part = Array(library.prefix(length))
            if try interrogate(part, offsets: stride(from: 0, to: UInt64(library.count), by: 61)) {
                images += 1
            }
        }
        // Whatever keeps its program headers is an image, be it without symbols.
        #expect(images > library.count / 97 - 20)
    }

    @Test func changedAtRandom() throws {
        var random = SeededGenerator(seed: 0x7074_6172)
        let headers = UInt64(64 + 56 * 9)
        let sections = library.count - 64 * 40
        var images = 0
        for _ in 0..<10_000 {
            var bytes = library
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                // The headers and the tables at the end matter most.
                let place =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: Int.random(in: 0..<Int(headers), using: &random)
                    case 1: Int.random(in: sections..<library.count, using: &random)
                    default: Int.random(in: 0..<library.count, using: &random)
                    }
                let edges: [UInt8] = [0, 1, 0x7f, 0x80, 0xff]
                bytes[place] =
                    Bool.random(using: &random)
                    ? edges[Int.random(in: 0..<edges.count, using: &random)]
                    : UInt8.random(in: 0...255, using: &random)
            }
            let offsets = (0..<8).map { _ in UInt64.random(in: 0..<0x5000, using: &random) }
            if try interrogate(bytes, offsets: offsets + [UInt64.max]) { images += 1 }
        }
        // Most changes leave an image: the parsers behind the header were reached.
        #expect(images > 5_000)
    }

    @Test func manySymbolsOfOneLongNameCostNoMoreThanTheFile() throws {
        var writer = ELFWriter()
        let entry = little(UInt32(1)) + [0x12, 0, 1, 0]
        var table: [UInt8] = []
        for index in UInt64(0)..<8192 {
            table += entry + little(0x1000 + index) + little(UInt64(1))
        }
        writer.add(
            table: table,
            names: [0] + [UInt8](repeating: 0x61, count: 4096) + [0]
        )
        let image = try Image.of(writer)
        #expect(image.symbols.count == 8192)
        #expect(image.symbols.byteCount <= writer.bytes().count + 4096)
    }
}
