// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

/// The files of this machine, compared with what the binutils say about them.
@Suite struct RealFilesTests {
    /// A function as `readelf` lists it.
    private struct Listed {
        let address: UInt64
        let size: UInt64
        let name: String
    }

    /// The functions that `readelf -Ws` lists with a size, cut where their section ends.
    private func functions(of path: String) throws -> [Listed] {
        // Num: Value Size Type Bind Vis Ndx Name
        try lines(of: "LC_ALL=C readelf -Ws '\(path)'").compactMap { line in
            var fields = line.split(separator: " ")
            // What readelf prints for an IFUNC where the linker left the operating system unnamed.
            if fields.count >= 10, fields[3...5] == ["<OS", "specific>:", "10"] {
                fields.replaceSubrange(3...5, with: ["IFUNC"])
            }
            guard fields.count >= 8, fields[3] == "FUNC" || fields[3] == "IFUNC",
                let section = UInt16(fields[6]), section > 0,
                let address = UInt64(fields[1], radix: 16),
                let size = fields[2].hasPrefix("0x")
                    ? UInt64(fields[2].dropFirst(2), radix: 16) : UInt64(fields[2])
            else { return nil }
            // Some of Swift's names hold a blank.
            let name = fields[7...].joined(separator: " ").prefix { $0 != "@" }
            return Listed(address: address, size: size, name: String(name))
        }
    }

    private func read(_ path: String) throws -> Image {
        try Image.read(from: ImageFile.open(path, symbolicLinks: .follow, expecting: nil))
    }

    /// Compares every function and every gap of a file; returns how many there are.
    @discardableResult
    private func compare(_ path: String) throws -> (functions: Int, gaps: Int) {
        let image = try read(path)
        #expect(image.partialFailures.isEmpty)
        #expect(image.symbols.drops.isEmpty)
        let listed = try functions(of: path)
        let names = Dictionary(grouping: listed, by: \.address).mapValues { Set($0.map(\.name)) }
        let sized = listed.filter { $0.size > 0 }.sorted { $0.address < $1.address }
        var wrong: [String] = []
        for function in sized {
            let found = image.symbol(at: ImageAddress(function.address)).symbol
            let isRight = found.map {
                $0.offsetInFunction == 0 && names[function.address]?.contains($0.systemName) == true
            }
            if isRight != true { wrong.append("\(function) is \(String(describing: found))") }
        }
        let starts = Set(sized.map(\.address))
        var gaps = 0
        var end: UInt64 = 0
        for function in sized {
            if end > 0, end < function.address {
                for address in [end, function.address - 1] {
                    gaps += 1
                    // Only functions and labels without a size may reach into a gap.
                    if let symbol = image.symbol(at: ImageAddress(address)).symbol,
                        starts.contains(symbol.addresses.lowerBound.rawValue)
                    {
                        wrong.append("gap at \(String(address, radix: 16)) is \(symbol)")
                    }
                }
            }
            end = max(end, function.address + function.size)
        }
        #expect(wrong.isEmpty, "\(path): \(wrong.prefix(10))")
        return (sized.count, gaps)
    }

    /// The build id that `readelf -n` prints.
    private func buildID(of path: String) throws -> Substring? {
        try lines(of: "LC_ALL=C readelf -n '\(path)'").lazy
            .compactMap { $0.split(separator: "Build ID: ").dropFirst().first }.first
    }

    private var libc: String? {
        let names = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6"]
        return names.first { access($0, R_OK) == 0 }
    }

    @Test func theCLibrary() throws {
        let path = try #require(libc)
        let counts = try compare(path)
        #expect(counts.functions > 1000)
        #expect(counts.gaps > 1000)
        #expect(try buildID(of: path).map(String.init) == read(path).buildID?.description)
        let names = try functions(of: path).filter { $0.name == "malloc" }
        let malloc = try #require(names.first)
        #expect(
            try read(path).symbol(at: ImageAddress(malloc.address + 1)).symbol?.offsetInFunction
                == 1
        )
    }

    @Test func aStrippedProgram() throws {
        try compare("/bin/ls")
        #expect(
            try buildID(of: "/bin/ls").map(String.init) == read("/bin/ls").buildID?.description
        )
        #expect(try read("/bin/ls").segments.loads.contains { $0.isExecutable })
    }

    @Test func thisTestItself() throws {
        let path = try ownPath()
        let counts = try compare(path)
        #expect(counts.functions > 1000)
    }

    /// The file that holds this code, by the line of `/proc/self/maps` that holds its address.
    private func ownPath() throws -> String {
        let maps = try #require(fopen("/proc/self/maps", "re"))
        defer { fclose(maps) }
        let marker: @convention(c) () -> Int32 = { 42 }
        let address = UInt64(UInt(bitPattern: unsafeBitCast(marker, to: Int.self)))
        var line = [CChar](repeating: 0, count: 8192)
        while fgets(&line, Int32(line.count), maps) != nil {
            let text = String(
                decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                as: UTF8.self
            )
            let fields = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
            let ends = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            if fields.count == 6, ends.count == 2, (ends[0]..<ends[1]).contains(address) {
                return String(fields[5])
            }
        }
        return try #require(nil as String?, "no line of maps holds the test")
    }

    @Test(arguments: ["-no-pie", "-fPIE -pie", "-shared -fPIC", "-fuse-ld=lld -fPIE -pie"])
    func aProgramCompiledHere(options: String) throws {
        let directory = try TemporaryDirectory()
        let source = """
            __attribute__((visibility("default"), noinline)) int spin(int n) {
                volatile int x = 0; for (int i = 0; i < n; i++) x += i; return x; }
            static __attribute__((noinline, used)) int hidden(int n) { return spin(n) + 1; }
            int spun(int n) __attribute__((alias("spin")));
            static int yes(void) { return 1; }
            static int (*choose(void))(void) { return yes; }
            int chosen(void) __attribute__((ifunc("choose")));
            __asm__(".text\\n.globl bare\\n.balign 64\\nbare: ret\\n.globl typed\\n"
                    ".type typed, %function\\ntyped: ret\\n.balign 64\\n");
            int main(int argc, char **argv) { return hidden(argc) + chosen(); }
            """
        let file = try directory.write(Array(source.utf8), to: "program.c")
        let program = directory.path("program")
        _ = try lines(
            of: "gcc -O1 -Wl,--build-id=sha1 \(options) -o '\(program)' '\(file)'"
        )
        let counts = try compare(program)
        #expect(counts.functions >= 5)
        let image = try read(program)
        #expect(image.buildID?.bytes.count == 20)
        let labels = try lines(of: "nm '\(program)'").filter {
            $0.hasSuffix(" bare") || $0.hasSuffix(" typed") || $0.hasSuffix(" hidden")
        }
        #expect(labels.count == 3)
        for label in labels {
            let fields = label.split(separator: " ")
            let address = try #require(UInt64(fields[0], radix: 16))
            let symbol = try #require(image.symbol(at: ImageAddress(address)).symbol)
            #expect(symbol.name == fields[2])
            // By the offset in the file too, through the segments.
            let segment = try #require(
                image.segments.loads.first { $0.isExecutable && $0.address.rawValue <= address }
            )
            let offset = address - segment.address.rawValue + segment.fileOffset
            #expect(image.symbol(atFileOffset: offset) == .symbol(symbol))
        }
    }

    @Test func aStrippedCopyKeepsItsDynamicSymbols() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            Array("int shown(void) { return 1; } static int own(void) { return 2; }".utf8),
            to: "a.c"
        )
        let program = directory.path("a.so")
        _ = try lines(of: "gcc -shared -fPIC -s -w -o '\(program)' '\(file)'")
        let counts = try compare(program)
        #expect(counts.functions == 1)
    }
}
