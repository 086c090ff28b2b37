// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Images

/// Writes frame sections record by record, well-formed unless told otherwise.
struct FrameWriter {
    var kind = FrameSection.Kind.ehFrame
    /// Where the section is linked.
    var address: UInt64 = 0x10_0000
    private(set) var bytes: [UInt8] = []

    /// rsp+8 and the return address at CFA-8: what every function of x86-64 begins with.
    static let entryRules: [UInt8] = [0x0c, 7, 8, 0x90, 1]

    init(kind: FrameSection.Kind = .ehFrame) { self.kind = kind }

    /// The section as it is so far.
    var section: FrameSection {
        FrameSection(kind: kind, address: ImageAddress(address), bytes: bytes)
    }

    /// Adds a CIE, with pc-relative addresses of four bytes in `.eh_frame`; returns its offset.
    @discardableResult
    mutating func addCommon(
        version: UInt8 = 1,
        augmentation: String? = nil,
        data: [UInt8]? = nil,
        codeAlignment: UInt8 = 1,
        returnAddress: UInt8 = 16,
        instructions: [UInt8] = FrameWriter.entryRules,
        isWide: Bool = false
    ) -> Int {
        let isEH = kind == .ehFrame
        var body: [UInt8] = [version] + Array((augmentation ?? (isEH ? "zR" : "")).utf8) + [0]
        if version == 4 { body += [8, 0] }
        body += [codeAlignment, 0x78, returnAddress]
        let data = data ?? (isEH ? [0x1b] : nil)
        if let data { body += [UInt8(data.count)] + data }
        let identifier: UInt64 = isEH ? 0 : UInt64.max
        return add(identifier, body + instructions, isWide: isWide)
    }

    /// Adds an FDE that refers to a CIE.
    @discardableResult
    mutating func addFunction(
        of common: Int = 0,
        at start: UInt64,
        byteCount: UInt64,
        instructions: [UInt8] = [],
        isWide: Bool = false
    ) -> Int {
        // Behind the length and the identifier.
        let head = isWide ? 12 : 4
        let place = address &+ UInt64(bytes.count + head + 4)
        switch kind {
        case .ehFrame:
            let body =
                little(UInt32(truncatingIfNeeded: start &- place))
                + little(UInt32(truncatingIfNeeded: byteCount)) + [0] + instructions
            return add(UInt64(bytes.count + head - common), body, isWide: isWide)
        case .debugFrame:
            let body = little(start) + little(byteCount) + instructions
            return add(UInt64(common), body, isWide: isWide)
        }
    }

    /// Adds bytes as they are.
    mutating func addRaw(_ raw: [UInt8]) { bytes += raw }

    private mutating func add(_ identifier: UInt64, _ body: [UInt8], isWide: Bool) -> Int {
        let start = bytes.count
        let wideIdentifier = isWide && kind == .debugFrame
        let head =
            wideIdentifier ? little(identifier) : little(UInt32(truncatingIfNeeded: identifier))
        let length = head.count + body.count
        bytes += isWide ? little(UInt32.max) + little(UInt64(length)) : little(UInt32(length))
        bytes += head + body
        return start
    }

    /// A search table for functions by their starts and the offsets of their records.
    func header(
        of functions: [(start: UInt64, record: Int)],
        at headerAddress: UInt64 = 0x8_0000
    ) -> [UInt8] {
        var header: [UInt8] = [1, 0x1b, 0x03, 0x3b]
        header += little(UInt32(truncatingIfNeeded: address &- (headerAddress + 4)))
        header += little(UInt32(functions.count))
        for function in functions {
            header += little(UInt32(truncatingIfNeeded: function.start &- headerAddress))
            let record = address &+ UInt64(function.record) &- headerAddress
            header += little(UInt32(truncatingIfNeeded: record))
        }
        return header
    }
}

/// An unsigned LEB128.
func uleb(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest > 0x7f {
        bytes.append(UInt8(rest & 0x7f) | 0x80)
        rest >>= 7
    }
    return bytes + [UInt8(rest)]
}

/// A signed LEB128.
func sleb(_ value: Int64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest > 63 || rest < -64 {
        bytes.append(UInt8(truncatingIfNeeded: rest & 0x7f) | 0x80)
        rest >>= 7
    }
    return bytes + [UInt8(truncatingIfNeeded: rest & 0x7f)]
}
