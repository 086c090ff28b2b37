// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SystemCallSelectionTests {
    private static func number(_ name: String) throws -> Int32 {
        try #require(SystemCallNames.numbers[name])
    }

    private static func number32(_ name: String) throws -> Int32 {
        try #require(SystemCallNames.numbers32[name])
    }

    private static func names(_ selection: SystemCallSelection) -> Set<String> {
        Set(selection.numbers.map { SystemCallNumber($0).name })
    }

    @Test(
        arguments: [
            ("read", ["read"]), ("read,write", ["read", "write"]), ("read,read", ["read"]),
            ("read,,write,", ["read", "write"]), ("!!read", ["read"]),
            ("none", []), ("!all", []), ("!!none", []), ("!read,all", []), ("none,read", ["read"]),
            ("?read", ["read"]), ("??read", ["read"]), ("?nonsense", []), ("?%nonsense", []),
            ("?nonsense,read", ["read"]), ("?4096,read", ["read"]),
        ] as [(String, Set<String>)]
    )
    func selectsWhatIsListed(text: String, names: Set<String>) throws {
        let selection = try SystemCallSelection(parsing: text)
        #expect(Self.names(selection) == names)
        #expect(selection.numbers == selection.numbers.sorted())
        #expect(selection.numbers.count == names.count)
        #expect(!selection.isAll && !selection.includesUnknown)
        for number in SystemCallNames.byNumber.keys {
            let call = SystemCallNumber(number)
            #expect(selection.contains(call) == names.contains(call.name))
        }
        #expect(!selection.contains(SystemCallNumber(4_000)))
    }

    @Test(arguments: ["all", "!none", "!!all", "read,all", "all,?nonsense", "!?nonsense"])
    func selectsAll(text: String) throws {
        let selection = try SystemCallSelection(parsing: text)
        #expect(selection == .all)
        #expect(selection.isAll && selection.includesUnknown)
        #expect(selection.numbers == SystemCallNames.byNumber.keys.sorted())
        #expect(selection.numbers32 == SystemCallNames.byNumber32.keys.sorted())
        #expect(selection.contains(SystemCallNumber(4_000)))
    }

    @Test func inverts() throws {
        let inverted = try SystemCallSelection(parsing: "!read,%file")
        let listed = try SystemCallSelection(parsing: "read,%file")
        #expect(!inverted.isAll && inverted.includesUnknown)
        #expect(Set(inverted.numbers).isDisjoint(with: listed.numbers))
        #expect(
            Set(inverted.numbers).union(listed.numbers) == Set(SystemCallNames.byNumber.keys)
        )
        #expect(Set(inverted.numbers32).isDisjoint(with: listed.numbers32))
        #expect(
            Set(inverted.numbers32).union(listed.numbers32)
                == Set(SystemCallNames.byNumber32.keys)
        )
        #expect(!inverted.contains(SystemCallNumber(try Self.number("read"))))
        #expect(!inverted.contains(SystemCallNumber(try Self.number("openat"))))
        #expect(inverted.contains(SystemCallNumber(try Self.number("write"))))
        #expect(inverted.contains(SystemCallNumber(4_000)))
    }

    @Test(arguments: [
        ("file", "openat"), ("network", "connect"), ("net", "connect"), ("process", "clone"),
        ("desc", "close"), ("memory", "mmap"), ("signal", "kill"), ("ipc", "shmget"),
    ])
    func knowsSets(set: String, call: String) throws {
        let selection = try SystemCallSelection(parsing: "%" + set)
        #expect(try selection == SystemCallSelection(parsing: set))
        #expect(try selection == SystemCallSelection(parsing: "?%" + set))
        #expect(Self.names(selection).contains(call))
        #expect(!Self.names(selection).contains("getpid"))
        let members = try #require(SystemCallSets.byName[set == "net" ? "network" : set])
        let known = Set(members.map(\.description)).intersection(SystemCallNames.numbers.keys)
        #expect(Self.names(selection) == known)
    }

    @Test func takesNumbers() throws {
        let read = try Self.number("read")
        #expect(
            try SystemCallSelection(parsing: "\(read)") == SystemCallSelection(parsing: "read")
        )
        // No table has this one; it is named by its number, and can be selected by that name.
        let unknown = SystemCallNumber(4_000)
        for word in ["4000", unknown.name] {
            let selection = try SystemCallSelection(parsing: word)
            #expect(selection.numbers == [4_000] && selection.numbers32.isEmpty)
            #expect(selection.contains(unknown))
            #expect(try !SystemCallSelection(parsing: "!" + word).contains(unknown))
        }
    }

    #if arch(x86_64)
    @Test func selects32BitCallsByName() throws {
        let both = try SystemCallSelection(parsing: "read,mmap")
        #expect(try both.numbers32 == [Self.number32("read"), Self.number32("mmap")].sorted())
        // 3 is close here, and read among the 32-bit calls.
        #expect(try SystemCallSelection(parsing: "3").numbers32 == [Self.number32("close")])

        let only32 = try SystemCallSelection(parsing: "waitpid")
        #expect(only32.numbers.isEmpty)
        #expect(try only32.numbers32 == [Self.number32("waitpid")])
        let inverted = try SystemCallSelection(parsing: "!waitpid")
        #expect(!inverted.isAll)
        #expect(inverted.numbers.count == SystemCallNames.byNumber.count)
        #expect(inverted.numbers32.count == SystemCallNames.byNumber32.count - 1)
    }

    @Test func prefersASetToTheCallOfItsName() throws {
        let selection = try SystemCallSelection(parsing: "signal")
        #expect(try selection.numbers32.contains(Self.number32("signal")))
        #expect(try selection.numbers.contains(Self.number("kill")))
    }
    #endif

    @Test(
        arguments: [
            ("nonsense", .word("nonsense", meant: nil)),
            ("read,nonsense,alsowrong", .word("nonsense", meant: nil)),
            ("!nonsense", .word("nonsense", meant: nil)),
            ("%read", .word("%read", meant: nil)), ("%all", .word("%all", meant: nil)),
            ("%", .word("%", meant: nil)), ("?", .word("", meant: nil)),
            ("+5", .word("+5", meant: nil)), ("-1", .word("-1", meant: nil)),
            ("4096", .word("4096", meant: nil)),
            ("99999999999", .word("99999999999", meant: nil)),
            ("syscall_", .word("syscall_", meant: nil)), ("/^re.*d", .word("/^re.*d", meant: nil)),
            ("", .empty), ("!", .empty), (",,", .empty), ("!,", .empty),
        ] as [(String, SystemCallSelection.Unknown)]
    )
    func refuses(text: String, problem: SystemCallSelection.Unknown) {
        #expect(throws: problem) { try SystemCallSelection(parsing: text) }
    }

    @Test func isBounded() throws {
        let longest = String(repeating: "!", count: SystemCallSelection.maximumBytes - 4) + "read"
        #expect(try SystemCallSelection(parsing: longest).numbers.count == 1)
        #expect(throws: SystemCallSelection.Unknown.tooLong) {
            try SystemCallSelection(parsing: "!" + longest)
        }
        let most = Array(repeating: "9", count: SystemCallSelection.maximumWords)
        let text = most.joined(separator: ",")
        #expect(try SystemCallSelection(parsing: text).numbers == [9])
        #expect(throws: SystemCallSelection.Unknown.tooManyWords) {
            try SystemCallSelection(parsing: text + ",9")
        }
    }
}
