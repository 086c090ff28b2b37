// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Images

/// Rows in the words of `readelf`.
enum RowText {
    /// The names of the general registers by DWARF number.
    static let names = [
        "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp",
        "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip",
    ]

    /// The row as the instructions gave it.
    static func row(_ row: FrameRow, at address: UInt64) -> FrameListing.Row {
        let frameAddress =
            switch row.frameAddress {
            case .unspecified: "u"
            case .register(let number, let offset): "\(name(number))\(signed(offset))"
            case .expression: "exp"
            }
        return FrameListing.Row(
            address: address,
            frameAddress: frameAddress[...],
            framePointer: rule(row[6])[...],
            base: rule(row[3])[...],
            returnAddress: rule(row[16])[...]
        )
    }

    /// What of a listed row a compiled rule contradicts; nil if nothing.
    static func contradiction(of rule: UnwindRule, to row: FrameListing.Row) -> String? {
        let texts = [row.frameAddress, row.framePointer, row.base, row.returnAddress]
        switch rule.kind {
        case .gap, .malformed, .stackSwitch: return "\(rule.kind)"
        case .outermost: return row.returnAddress == "u" ? nil : "outermost"
        // Nothing that is plain may be slow.
        case .slow:
            let isPlain = texts.allSatisfy { $0 == "u" || $0.hasPrefix("c-") || $0.contains("+") }
            return isPlain && row.returnAddress == "c-8" ? "slow" : nil
        case .register, .load, .linkageTable:
            let frameAddress =
                rule.kind == .register
                ? "\(name(rule.register))\(signed(Int64(rule.offset)))" : "exp"
            let found = [frameAddress, saved(rule.framePointer), saved(rule.base), "c-8"]
            return found.elementsEqual(texts) { $0 == $1 } ? nil : "\(found)"
        }
    }

    private static func name(_ number: UInt8) -> String {
        names.indices.contains(Int(number)) ? names[Int(number)] : "r\(number)"
    }

    private static func signed(_ value: Int64) -> String { value < 0 ? "\(value)" : "+\(value)" }

    private static func rule(_ rule: RegisterRule) -> String {
        switch rule {
        case .unspecified, .undefined: "u"
        case .sameValue: "s"
        case .offset(let offset): "c\(signed(offset))"
        case .valueOffset(let offset): "v\(signed(offset))"
        case .register(let number): "r\(number)"
        case .expression: "exp"
        case .valueExpression: "vexp"
        }
    }

    private static func saved(_ saved: UnwindRule.Saved) -> String {
        switch saved {
        case .same, .lost: "u"
        case .atFrameAddress(let offset): "c\(signed(Int64(offset)))"
        case .atRegister: "exp"
        }
    }
}
