// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Profiles with what is hard to encode: inlined functions, recursion, stacks without an end, code
/// without a name or a file, and names that try to break out of each format.
enum SampleProfiles {
    /// Names that a hostile program could give its functions.
    static let hostileNames = [
        "</script><script>document.title='owned'</script>",
        "\"><img src=x onerror=alert(1)>",
        "<!--<script>",
        "a;b\nc\td\u{1b}[31m",
        "user\u{202e}nimda\u{2066}",
        "]]>&amp;&#x3c;\u{fffe}\u{0}",
        "Größe🐦λ",
        String(repeating: "long::", count: 833) + "xy",
    ]

    /// All of it at once.
    static let busy: Profile = {
        var maker = Maker(kind: .cpu)
        maker.add("_start main run_sixty hot_sixty", samples: 540)
        maker.add("_start main run_thirty outer+hot_thirty", samples: 260)
        maker.add("_start main walk walk walk hot_thirty", samples: 40)
        maker.add("_start main libc:write", samples: 30, kernel: true)
        maker.add("libc:clone worker libc:memcpy", samples: 25)
        maker.add("worker ?:10 hot_sixty", samples: 12, end: .broken(.noRule))
        maker.add("deep deep hot_thirty", samples: 8, end: .truncated(.frameLimit))
        maker.add("", samples: 3, end: .broken(.unmapped))
        for (index, name) in hostileNames.enumerated() {
            maker.add(names: ["_start", "main", name], samples: UInt64(20 - index))
        }
        return maker.build()
    }()

    /// `busy` after a change: what `run_thirty` calls is three times as slow, `memcpy` is gone and
    /// `parse` is new.
    static let changed: Profile = {
        var maker = Maker(kind: .cpu)
        maker.add("_start main run_sixty hot_sixty", samples: 540)
        maker.add("_start main run_thirty outer+hot_thirty", samples: 780)
        maker.add("_start main walk walk walk hot_thirty", samples: 40)
        maker.add("_start main libc:write", samples: 30, kernel: true)
        maker.add("_start main parse", samples: 50)
        maker.add("worker ?:10 hot_sixty", samples: 12, end: .broken(.noRule))
        for (index, name) in hostileNames.enumerated() {
            maker.add(names: ["_start", "main", name], samples: UInt64(20 - index))
        }
        return maker.build()
    }()

    static var wall: Profile {
        var maker = Maker(kind: .wall)
        maker.add("_start main libc:poll", samples: 10)
        return maker.build()
    }

    /// Hostile names in every place that a program has a say in.
    static let hostile: Profile = {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1_790_000_000_000_000_000,
            periodNanoseconds: 10_101_010,
            target: hostileNames.joined()
        )
        for (index, name) in hostileNames.enumerated() {
            let base = Address(UInt64(index + 1) << 24)
            let mapping = builder.index(
                of: ProfileMapping(
                    addresses: base..<Address(base.rawValue + 0x1000),
                    fileOffset: 0,
                    path: "/" + name,
                    buildID: "",
                    hasFunctions: index % 2 == 0
                )
            )
            let function = builder.index(
                of: ProfileFunction(name: name, systemName: "_Z" + name, file: name + ".c")
            )
            let lines = [ProfileLocation.Line(function: function, line: .max)]
            let named = ProfileLocation(mapping: mapping, address: base, lines: lines)
            let bare = ProfileLocation(
                mapping: mapping,
                address: Address(base.rawValue + 1),
                lines: []
            )
            var labels = ProfileSample.Labels()
            labels.group = name
            labels.threadName = name
            labels.process = ProcessID(Int32(index + 1))
            builder.add(
                stack: [builder.index(of: named), builder.index(of: bare)],
                count: 1,
                nanoseconds: .max,
                end: .broken(.noRule),
                labels: labels
            )
        }
        return builder.build()
    }()

    static var empty: Profile { Maker(kind: .cpu).build() }

    /// As wide and deep as asked for, and the same for each seed.
    static func random(stacks: Int, seed: UInt64) -> Profile {
        var random = SplitMix64(seed: seed)
        var maker = Maker(kind: .cpu)
        for _ in 0..<stacks {
            let depth = Int.random(in: 1...40, using: &random)
            let names = (0..<depth).map { level in
                "function_\(level)_\(Int.random(in: 0...3, using: &random))"
            }
            maker.add(names: names, samples: UInt64.random(in: 1...100, using: &random))
        }
        return maker.build()
    }
}

/// Makes a profile of stacks that are written as names, the root first.
///
/// A name is in `busy` unless it has another object before a colon; `?:N` is code of no file at N;
/// `+` joins what was inlined at one location, the caller first.
private struct Maker: ~Copyable {
    private var builder: ProfileBuilder
    private var offsets: [String: UInt64] = [:]
    private var objects: [String: Int] = [:]

    init(kind: Profile.Kind) {
        builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: 1_790_000_000_000_000_000,
            periodNanoseconds: 10_101_010,
            target: "busy & <co> (812)"
        )
        builder.durationNanoseconds = 10_000_000_000
    }

    consuming func build() -> Profile { builder.build() }

    mutating func add(
        _ stack: String,
        samples: UInt64,
        kernel: Bool = false,
        end: StackEnd = .complete
    ) {
        var locations = stack.split(separator: " ").map { location(String($0)) }
        if kernel {
            locations.append(place(lines: ["[kernel]"], mapping: nil, address: 0))
        }
        add(locations, samples, end)
    }

    mutating func add(names: [String], samples: UInt64) {
        let mapping = mapping(of: "busy")
        let locations = names.map { name in
            place(lines: [name], mapping: mapping, address: address(name, in: "busy"))
        }
        add(locations, samples, .complete)
    }

    private mutating func add(_ locations: [Int], _ samples: UInt64, _ end: StackEnd) {
        var labels = ProfileSample.Labels()
        labels.group = "busy.service"
        labels.threadName = samples % 2 == 0 ? "busy" : "worker"
        labels.process = ProcessID(812)
        labels.thread = ThreadID(812 + Int32(samples % 2))
        builder.add(
            stack: locations.reversed(),
            count: samples,
            nanoseconds: samples * 10_101_010,
            end: end,
            labels: labels
        )
    }

    private mutating func location(_ text: String) -> Int {
        let parts = text.split(separator: ":")
        if parts.count == 2, parts[0] == "?" {
            return place(lines: [], mapping: nil, address: UInt64(parts[1]) ?? 0)
        }
        let object = parts.count == 2 ? String(parts[0]) : "busy"
        let names = parts[parts.count - 1].split(separator: "+").reversed().map(String.init)
        return place(
            lines: names,
            mapping: mapping(of: object),
            address: address(text, in: object)
        )
    }

    private mutating func place(lines: [String], mapping: Int?, address: UInt64) -> Int {
        let lines = lines.map { name in
            let file = name.hasPrefix("hot") ? "/src/busy.c" : ""
            let function = ProfileFunction(name: name, systemName: name, file: file)
            return ProfileLocation.Line(
                function: builder.index(of: function),
                line: file.isEmpty ? 0 : 42
            )
        }
        return builder.index(
            of: ProfileLocation(mapping: mapping, address: Address(address), lines: lines)
        )
    }

    /// A different address for each name of an object, inside its mapping.
    private mutating func address(_ name: String, in object: String) -> UInt64 {
        let offset = offsets[name] ?? UInt64(offsets.count * 16)
        offsets[name] = offset
        return base(of: object) + offset
    }

    private func base(of object: String) -> UInt64 {
        object == "busy" ? 0x40_0000 : 0x7f00_0000_0000
    }

    private mutating func mapping(of object: String) -> Int {
        if let known = objects[object] { return known }
        let index = builder.index(
            of: ProfileMapping(
                addresses: Address(base(of: object))..<Address(base(of: object) + 0x10_0000),
                fileOffset: 0x1000,
                path: object == "busy" ? "/usr/bin/busy" : "/usr/lib/\(object).so.6",
                buildID: object == "busy" ? "00112233445566778899aabbccddeeff00112233" : "",
                hasFunctions: true
            )
        )
        objects[object] = index
        return index
    }
}
