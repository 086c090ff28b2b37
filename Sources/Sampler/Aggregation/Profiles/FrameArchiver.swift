// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Puts the frames of stacks into an archive.
///
/// Addresses are those of the file, which are the same in all processes that run it; in code
/// without a file they are the process's.
struct FrameArchiver {
    private var numbers: [Int32] = []

    /// The latest stack, below the system call that the thread was in.
    mutating func archive(
        _ stacks: StackReader,
        under call: SystemCallNumber?,
        _ end: StackEnd,
        in archive: inout StackArchive
    ) -> ArchivedStack? {
        numbers.removeAll(keepingCapacity: true)
        if let call { numbers.append(Self.kernel(call.name, in: &archive)) }
        for frame in stacks.frames {
            numbers.append(Self.number(of: frame, in: stacks, &archive))
        }
        return archive.insert(leafFirst: numbers, end)
    }

    private static func kernel(_ name: String, in archive: inout StackArchive) -> Int32 {
        let mapping = archive.number(of: ProfileMapping.reserved("[kernel]"))
        let function = archive.number(of: ProfileFunction(name: name, systemName: name))
        return archive.number(
            of: ArchivedLocation(mapping: mapping, address: Address(0), function: function)
        )
    }

    private static func number(
        of frame: RawFrame,
        in stacks: StackReader,
        _ archive: inout StackArchive
    ) -> Int32 {
        guard let region = stacks.region(of: frame), !stacks.maps.isContested(region) else {
            return archive.number(
                of: ArchivedLocation(mapping: nil, address: Address(frame.address), function: nil)
            )
        }
        if let known = region.archivedNumber(at: frame.address, archive.generation) {
            return known
        }
        let function = stacks.compiled.profileFunction(at: frame.address, in: region)
        let hasFile = region.image != nil
        let address = hasFile ? region.imageAddress(of: frame.address).rawValue : frame.address
        let number = archive.number(
            of: ArchivedLocation(
                mapping: archive.number(of: mapping(of: region)),
                address: Address(address),
                function: function.map { archive.number(of: $0) }
            )
        )
        // A compiler adds to its functions and moves them, so they are not remembered.
        if hasFile {
            region.remember(archivedNumber: number, at: frame.address, archive.generation)
        }
        return number
    }

    private static func mapping(of region: MappedCode) -> ProfileMapping {
        let (start, end) = (region.mapping.start.rawValue, region.mapping.end.rawValue)
        let first = region.image == nil ? start : region.imageAddress(of: start).rawValue
        // A file may say that it is loaded at the end of all addresses.
        let (last, isBeyond) = first.addingReportingOverflow(end - start)
        return ProfileMapping(
            region,
            addresses: Address(first)..<Address(isBeyond ? .max : last)
        )
    }
}
