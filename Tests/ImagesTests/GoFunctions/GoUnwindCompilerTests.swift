// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct GoUnwindCompilerTests {
    private static let targets =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        + "/.build-targets/languages/"

    private func table(_ writer: GoTableWriter = GoTableWriter()) -> UnwindTable {
        UnwindTable(
            UnwindSections(
                ehFrame: nil,
                nil,
                debugFrame: nil,
                goFunctions: GoFunctionTable(writer.bytes()),
                failures: []
            )
        )
    }

    @Test func findsCallersByTheStackPointerAlone() {
        let table = table()
        for (address, depth) in [
            (0x1000, 0), (0x100f, 0), (0x1010, 0x18), (0x102f, 0x18), (0x1030, 0), (0x103f, 0),
        ] as [(UInt64, UInt64)] {
            var registers = RegisterFile.innermost(stackPointer: 0x7000)
            #expect(
                StackFixture().step(table, at: address, &registers)
                    == .caller(isSignalFrame: false)
            )
            #expect(registers.programCounter == 0x7000 + depth)
            #expect(registers.knownNumbers == [RegisterFile.Number.stackPointer])
            #expect(registers[RegisterFile.Number.stackPointer] == 0x7008 + depth)
        }
    }

    @Test func endsWhereGoEndsIt() {
        let table = table()
        var registers = RegisterFile.innermost(stackPointer: 0x7000)
        #expect(StackFixture().step(table, at: 0x1044, &registers) == .outermost)
        #expect(StackFixture().step(table, at: 0x1084, &registers) == .outermost)
        #expect(StackFixture().step(table, at: 0x10c4, &registers) == .stackSwitch)
        #expect(StackFixture().step(table, at: 0x1100, &registers) == .noRule)
        #expect(StackFixture().step(table, at: 0xfff, &registers) == .noRule)
    }

    @Test func leavesGapsToTheOtherTables() {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon()
        writer.addFunction(at: 0x1000, byteCount: 0x1000)
        let table = UnwindTable(
            UnwindSections(
                ehFrame: nil,
                nil,
                debugFrame: writer.section,
                goFunctions: GoFunctionTable(GoTableWriter().bytes()),
                failures: []
            )
        )
        #expect(table.rule(at: ImageAddress(0x1044)).kind == .outermost)
        #expect(table.rule(at: ImageAddress(0x1200)).kind == .register)
    }

    @Test func stopsAtItsLimit() throws {
        let functions = try #require(GoFunctionTable(GoTableWriter().bytes()))
        var rules = UnwindRuleSet()
        let compiler = GoUnwindCompiler(functions, pageAt: 0, rowLimit: 2, &rules)
        #expect(compiler.isCut)
        let page = UnwindPage(compiler.page)
        #expect(rules[page.rule(at: 0x1000)].kind == .register)
        #expect(rules[page.rule(at: 0x1044)].kind == .malformed)
    }

    #if arch(x86_64)
    /// Go writes the same depths into `.debug_frame`, by another way.
    @Test func agreesWithTheDebugInformation() throws {
        let file = try ImageFile.open(Self.targets + "go", expecting: nil)
        let sections = try UnwindSections.read(from: file)
        let functions = try #require(sections.goFunctions)
        let debug = try #require(sections.tables.first { $0.section.kind == .debugFrame })
        let ours = UnwindTable(sections)
        var compared = 0
        var differences: [String] = []
        for index in 0..<functions.count {
            guard let function = functions.function(at: index) else { continue }
            for address in stride(
                from: function.addresses.lowerBound,
                to: function.addresses.upperBound,
                by: 5
            ) {
                let rule = ours.rule(at: ImageAddress(address))
                guard rule.kind == .register,
                    case .row(let row, let common) = debug.row(
                        at: address,
                        instructionLimit: 1 << 15
                    )
                else { continue }
                let theirs = UnwindRule(row, of: common, in: debug.section)
                if (rule.register, rule.offset) != (theirs.register, theirs.offset) {
                    differences.append(String(address, radix: 16))
                }
                compared += 1
            }
        }
        #expect(compared > 50_000)
        #expect(differences.isEmpty, "\(differences.count), first at \(differences.prefix(9))")
    }

    @Test(arguments: ["go", "go-pie-stripped"])
    func knowsTheEndsOfRealStacks(program: String) throws {
        let file = try ImageFile.open(Self.targets + program, expecting: nil)
        let table = UnwindTable(try UnwindSections.read(from: file))
        let functions = try #require(try UnwindSections.read(from: file).goFunctions)
        for (name, kind) in [
            ("runtime.goexit", .outermost), ("runtime.mstart", .outermost),
            ("runtime.mcall", .outermost), ("runtime.rt0_go", .outermost),
            ("runtime.systemstack", .stackSwitch), ("main.main", .register),
        ] as [(StaticString, UnwindRule.Kind)] {
            let found = (0..<functions.count).compactMap { functions.function(at: $0) }
                .first { functions.isNamed(name, $0) }
            let function = try #require(found, "\(name)")
            #expect(table.rule(at: ImageAddress(function.addresses.lowerBound)).kind == kind)
        }
    }
    #endif
}
