// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One entry of a procedure linkage table: code that jumps to where the dynamic linker says.
struct LinkageStub: Hashable {
    /// What the code of the entry tells about its function.
    enum Target: Hashable {
        /// It jumps to what this address holds.
        case slot(UInt64)
        /// It hands this number of a relocation to the dynamic linker.
        case relocation(UInt32)
    }

    let address: UInt64
    let target: Target

    /// The length of an entry in bytes (x86-64 psABI, 5.2); those of `.plt.got` may take 8.
    static let bytes: UInt64 = 16

    /// The entries of a section of x86-64 code.
    ///
    /// What the code does is read rather than counted: linkers differ in what they put first, in
    /// whether entries are 8 or 16 bytes, and in the order.
    ///
    /// - Parameters:
    ///   - code: The bytes of `.plt`, `.plt.sec` or `.plt.got`.
    ///   - address: Where they lie by the file's own reckoning.
    static func all(in code: [UInt8], at address: UInt64) -> [LinkageStub] {
        let reader = ByteReader(code)
        var stubs: [LinkageStub] = []
        var offset: UInt64 = 0
        while offset < reader.count {
            if let target = target(reader, offset, address) {
                stubs.append(LinkageStub(address: address &+ offset, target: target))
                offset += bytes
            } else {
                // The first entry of `.plt` is another one, and entries of 8 bytes are found too.
                offset += 8
            }
        }
        return stubs
    }

    private static func target(
        _ code: ByteReader,
        _ start: UInt64,
        _ address: UInt64
    ) -> Target? {
        var offset = start
        // endbr64
        if code.uint32(at: offset) == 0xfa1e_0ff3 { offset += 4 }
        // push $n; the jump behind it goes to the first entry.
        if code.uint8(at: offset) == 0x68 {
            return code.uint32(at: offset + 1).map(Target.relocation)
        }
        // bnd
        if code.uint8(at: offset) == 0xf2 { offset += 1 }
        // jmp *distance(%rip)
        guard code.uint16(at: offset) == 0x25ff, let distance = code.uint32(at: offset + 2)
        else { return nil }
        let signed = UInt64(bitPattern: Int64(Int32(bitPattern: distance)))
        return .slot(address &+ offset &+ 6 &+ signed)
    }
}
