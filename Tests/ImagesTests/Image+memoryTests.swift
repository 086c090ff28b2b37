// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Images

@Suite("Image+memory") struct ImageMemoryTests {
    /// The vDSO of this process, copied as the agent would copy another's.
    private func vdso() throws -> (bytes: [UInt8], address: UInt64) {
        let line = try #require(
            try lines(of: "cat /proc/\(getpid())/maps").first { $0.hasSuffix("[vdso]") }
        )
        let ends = line.prefix { $0 != " " }.split(separator: "-")
            .compactMap { UInt($0, radix: 16) }
        try #require(ends.count == 2 && ends[0] < ends[1])
        let start = UnsafeRawPointer(bitPattern: ends[0])
        let memory = UnsafeRawBufferPointer(start: start, count: Int(ends[1] - ends[0]))
        return (Array(memory), UInt64(ends[0]))
    }

    private func names(_ image: Image) -> Set<String> {
        let offsets = stride(from: UInt64(0), to: 0x4000, by: 1)
        return Set(offsets.lazy.compactMap { image.symbol(at: ImageAddress($0)).symbol?.name })
    }

    @Test func readsTheVDSO() throws {
        let vdso = try vdso()
        let image = try Image.read(fromMemory: vdso.bytes, mappedAt: vdso.address)
        #expect(image.partialFailures.isEmpty)
        #if arch(x86_64)
        #expect(names(image).contains("__vdso_gettimeofday"))
        #else
        #expect(names(image).contains("__kernel_gettimeofday"))
        #endif
        #expect(image.buildID != nil)
    }

    @Test func readsItWithoutSectionHeadersToo() throws {
        let vdso = try vdso()
        let whole = try Image.read(fromMemory: vdso.bytes, mappedAt: vdso.address)
        var bytes = vdso.bytes
        // Where they begin, how many there are, and which has the names.
        bytes.replaceSubrange(40..<48, with: little(UInt64(0)))
        bytes.replaceSubrange(60..<64, with: little(UInt32(0)))
        let image = try Image.read(fromMemory: bytes, mappedAt: vdso.address)
        #expect(image.partialFailures.isEmpty)
        #expect(image.symbols.count == whole.symbols.count)
        #expect(names(image) == names(whole))
    }

    @Test func truncatedAndChangedAtRandom() throws {
        let vdso = try vdso()
        var bytes = vdso.bytes
        bytes.replaceSubrange(40..<48, with: little(UInt64(0)))
        bytes.replaceSubrange(60..<64, with: little(UInt32(0)))
        for length in stride(from: 0, to: bytes.count, by: 31) {
            _ = try? Image.read(fromMemory: Array(bytes[..<length]), mappedAt: vdso.address)
        }
        var random = SeededGenerator(seed: 0x7664_736f)
        var images = 0
        for _ in 0..<2000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<0x600, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            let image = try? Image.read(fromMemory: changed, mappedAt: vdso.address)
            if let image {
                images += 1
                #expect(image.symbols.byteCount <= 8 * changed.count)
            }
        }
        #expect(images > 500)
    }

    @Test func memoryThatIsNoImageIsNone() {
        #expect(throws: ImageFailure.notELF) { try Image.read(fromMemory: [], mappedAt: 0) }
        #expect(throws: ImageFailure.notELF) {
            try Image.read(fromMemory: [UInt8](repeating: 0, count: 4096), mappedAt: 0)
        }
        var limits = ImageLimits.standard
        limits.fileBytes = 100
        #expect(throws: ImageFailure.tooLarge) {
            try Image.read(
                fromMemory: [UInt8](repeating: 0, count: 101),
                mappedAt: 0,
                limits: limits
            )
        }
    }
}
