// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct LinkageTableReaderTests {
    /// The labels that a disassembler gives the entries of a program, by address.
    private func labels(of program: String) throws -> [UInt64: String] {
        let sections = [".plt", ".plt.sec", ".plt.got"].map { "-j " + $0 }.joined(separator: " ")
        var labels: [UInt64: String] = [:]
        for line in try lines(of: "objdump -d \(sections) '\(program)' | grep '@plt>:'") {
            let fields = line.split(separator: " ")
            guard let address = UInt64(fields[0], radix: 16) else { continue }
            labels[address] = String(fields[1].dropFirst().dropLast(2))
        }
        return labels
    }

    @Test(arguments: [
        "-fcf-protection=none", "-fcf-protection=none -Wl,-z,now", "-fcf-protection -Wl,-z,ibtplt",
        "-fcf-protection -Wl,-z,now", "-no-pie -fcf-protection=none",
    ])
    func agreesWithTheDisassembler(options: String) throws {
        let directory = try TemporaryDirectory()
        let source = """
            #include <stdio.h>
            #include <stdlib.h>
            int (*taken)(const char *) = atoi;
            int main(int n, char **v) {
                puts(v[0]); srand(n); int r = rand() + atoi(v[0]); free(v); return r;
            }
            """
        let file = try directory.write(Array(source.utf8), to: "a.c")
        let program = directory.path("a")
        _ = try lines(of: "gcc -O1 -w -fuse-ld=bfd \(options) -o '\(program)' '\(file)'")
        let labels = try labels(of: program)
        #expect(labels.count >= 4)
        let image = try Image.read(from: ImageFile.open(program, expecting: nil))
        #expect(image.partialFailures.isEmpty)
        for (address, label) in labels {
            let symbol = image.symbol(at: ImageAddress(address + 4)).symbol
            #expect(symbol?.systemName == label)
            #expect(symbol?.offsetInFunction == 4)
        }
    }

    private func symbols(_ names: [(offset: UInt32, UInt8)]) -> ByteReader {
        ByteReader(
            names.flatMap { little($0.offset) + [UInt8](repeating: $0.1, count: 20) }
        )
    }

    private func stubs(_ count: UInt64) -> [LinkageStub] {
        (0..<count).map { LinkageStub(address: $0 * 16, target: .relocation(UInt32($0))) }
    }

    private func relocations(_ symbols: [UInt32]) -> LinkageRelocations {
        LinkageRelocations(
            linkage: symbols.flatMap {
                little(UInt64(0)) + little(UInt32(7)) + little($0) + little(UInt64(0))
            },
            dynamic: []
        )
    }

    @Test func aNameIsKeptOnceAndGapsStay() throws {
        let made = LinkageTableReader.name(
            stubs(4),
            relocations([1, 1, 0, 2]),
            symbols: symbols([(0, 0), (1, 0), (99, 0)]),
            names: ByteReader(Array("\0puts\0".utf8))
        )
        #expect(made.names == Array("puts@plt\0".utf8))
        #expect(made.entries.count == 2 * SymbolEntry.byteCount)
        let entry = try #require(SymbolEntry(ByteReader(made.entries), at: 24))
        #expect(entry.address == 16)
        #expect(entry.size == 16)
        #expect(entry.name == 0)
        #expect(entry.kind == .function)
    }

    @Test func boundsTheNames() {
        // Each symbol begins one byte further into one long string.
        let long = [UInt8](repeating: 0x61, count: 4000) + [0]
        let many = (0..<4000).map { (offset: UInt32($0), UInt8(0)) }
        let made = LinkageTableReader.name(
            stubs(4000),
            relocations((0..<4000).map { UInt32($0) }),
            symbols: symbols(many),
            names: ByteReader(long)
        )
        #expect(UInt64(made.names.count) <= LinkageTableReader.byteLimit)
        #expect(made.entries.count < 4000 * SymbolEntry.byteCount)
    }
}
