// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Images
internal import Profiles

/// Opens the file behind a mapping of a target, as the target sees it, and makes sure of it.
///
/// Opening can block on a network mount, so this is never done on the tracer's thread.
enum MappedFile {
    /// Opens the file and compares it with what the kernel says is mapped.
    ///
    /// In turn: the path within the target's root, the kernel's own link to the mapping, where
    /// a deleted or replaced file lives on, and the path again by its inode alone, because overlay
    /// and btrfs mounts show another device in maps than in stat(2).
    ///
    /// - Parameter root: the proc file system.
    /// - Throws: why the first of these failed.
    static func open(
        _ mapping: ExecutableMapping,
        of process: ProcessID,
        root: String
    ) throws(ImageFailure) -> ImageFile {
        guard case .file(let path, let isDeleted) = mapping.backing else { throw .absent }
        let device = UInt64(cptrace_device(mapping.device.major, mapping.device.minor))
        let exact = ExpectedFile(device: device, inode: mapping.inode)
        let seen = "\(root)/\(process)/root" + String(decoding: path, as: UTF8.self)
        let failure: ImageFailure
        do throws(ImageFailure) {
            return try ImageFile.open(seen, symbolicLinks: .follow, expecting: exact)
        } catch {
            failure = error
        }
        let range =
            String(mapping.start.rawValue, radix: 16) + "-"
            + String(mapping.end.rawValue, radix: 16)
        let link = "\(root)/\(process)/map_files/\(range)"
        if let file = try? ImageFile.open(link, symbolicLinks: .follow, expecting: exact) {
            return file
        }
        guard failure == .replaced, !isDeleted else { throw failure }
        return try ImageFile.open(
            seen,
            symbolicLinks: .follow,
            expecting: ExpectedFile(device: nil, inode: mapping.inode)
        )
    }
}
