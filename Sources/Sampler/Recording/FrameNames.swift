// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Names the frames of a recording, each distinct one once.
struct FrameNames {
    private let compiled: CompiledCode
    private var known: [RecordedFrame: Int] = [:]

    init(compiled: CompiledCode) { self.compiled = compiled }

    /// The location of a frame in the profile that is being built.
    mutating func location(
        _ frame: RecordedFrame,
        _ regions: [MappedCode],
        in builder: inout ProfileBuilder
    ) -> Int {
        if let location = known[frame] { return location }
        let location: Int
        switch frame {
        case .systemCall(let call): location = reserved(call.name, in: &builder, object: "[kernel]")
        case .unmapped(let address):
            location = builder.index(
                of: ProfileLocation(mapping: nil, address: Address(address), lines: [])
            )
        case .code(let region, let address):
            location = code(regions[Int(region)], address, in: &builder)
        }
        known[frame] = location
        return location
    }

    /// The location of time that is in no code of a file.
    func reserved(
        _ name: String,
        in builder: inout ProfileBuilder,
        object: String = ""
    ) -> Int {
        let mapping = object.isEmpty ? nil : builder.index(of: ProfileMapping.reserved(object))
        let function = builder.index(of: ProfileFunction(name: name, systemName: name))
        return builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: Address(0),
                lines: [ProfileLocation.Line(function: function, line: 0)]
            )
        )
    }

    private func code(
        _ region: MappedCode,
        _ address: UInt64,
        in builder: inout ProfileBuilder
    ) -> Int {
        let mapping = builder.index(
            of: ProfileMapping(region, addresses: region.mapping.start..<region.mapping.end)
        )
        var lines: [ProfileLocation.Line] = []
        if let function = compiled.profileFunction(at: address, in: region) {
            lines.append(ProfileLocation.Line(function: builder.index(of: function), line: 0))
        }
        return builder.index(
            of: ProfileLocation(mapping: mapping, address: Address(address), lines: lines)
        )
    }
}
