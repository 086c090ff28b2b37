// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Testing

@testable import DebugInformation

/// A program with an inlined function in an inlined function, compiled for one test.
final class CompiledProgram: Sendable {
    let directory: String

    /// The lines that matter: 2 is the body of `leaf`, 4 calls it, and 6 calls that.
    private static let source =
        """
        static inline __attribute__((always_inline)) unsigned leaf(unsigned n) {
            return n * 2654435761u ^ n >> 7; }
        static inline __attribute__((always_inline)) unsigned middle(unsigned n) {
            return leaf(n); }
        __attribute__((noinline)) unsigned outer(unsigned n) {
            return middle(n) + 1; }
        int main(int n, char **v) { (void)v; return (int)outer((unsigned)n); }

        """

    init(options: String = "-O2 -g") throws {
        var template = Array("/tmp/ptarmigan-lines-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let name = template.dropLast().map(UInt8.init(bitPattern:))
        directory = String(decoding: name, as: UTF8.self)
        let file = try #require(fopen(directory + "/program.c", "w"))
        fputs(Self.source, file)
        fclose(file)
        _ = try output(
            of: "cd '\(directory)' && gcc \(options) -w -fcf-protection=none "
                + "-Wl,--build-id=sha1 -o program program.c"
        )
    }

    deinit {
        for name in ["program.c", "program", "program.debug"] { unlink(directory + "/" + name) }
        rmdir(directory)
    }

    /// The build id, as the file tells it.
    func buildID() throws -> String {
        let image = try Image.read(
            from: ImageFile.open(directory + "/program", expecting: nil)
        )
        return try #require(image.buildID).description
    }

    /// The byte of the file at which a function begins.
    func offset(of function: String) throws -> UInt64 {
        let image = try Image.read(
            from: ImageFile.open(directory + "/program", expecting: nil)
        )
        let listed = try output(of: "nm '\(directory)/program'").split(separator: "\n")
            .first { $0.hasSuffix(" T \(function)") }
        let address = try #require(listed.flatMap { UInt64($0.prefix { $0 != " " }, radix: 16) })
        let segment = try #require(
            image.segments.loads.first {
                $0.isExecutable && address >= $0.address.rawValue
                    && address - $0.address.rawValue < $0.fileBytes
            }
        )
        return address - segment.address.rawValue + segment.fileOffset
    }

    /// A question about some bytes of the program.
    func question(_ offsets: [UInt64]) throws -> LineQuestion {
        LineQuestion(
            path: "/program",
            buildID: try buildID(),
            roots: [directory],
            offsets: offsets
        )
    }

    /// The program's debug information, opened.
    func reader(_ limit: WorkLimit = WorkLimit(deadline: .now + .seconds(60))) throws -> DebugReader
    {
        let buildID = try #require(BuildID(hexadecimal: buildID()))
        let library = try #require(DebugLibrary())
        guard
            let source = try DebugSource.find(
                path: "/program",
                roots: [directory],
                buildID: buildID
            )
        else { throw NoDebugInformation() }
        let reader = DebugReader(source, library: library, limit: limit)
        return try #require(reader)
    }

    struct NoDebugInformation: Error {}
}

extension DebugReader {
    /// The frames of each byte of a function that is so long: `name:line`, the innermost first.
    func chains(from offset: UInt64, count: UInt64) -> [String] {
        (offset..<offset + count).map { byte in
            frames(atFileOffset: byte).map { "\($0.name):\($0.line)" }.joined(separator: " ")
        }
    }
}

/// What a shell command prints, which must succeed.
func output(of command: String) throws -> String {
    let pipe = try #require(popen(command + " 2>&1", "re"))
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&buffer, 1, buffer.count, pipe)
        if count == 0 { break }
        output += buffer[..<count]
    }
    let text = String(decoding: output, as: UTF8.self)
    try #require(pclose(pipe) == 0, "\(command): \(text)")
    return text
}
