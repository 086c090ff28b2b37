// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Where the functions may be that were stripped from a file.
///
/// Distributions put them into files below `/usr/lib/debug`, by the build id of the program or by
/// its path. A file counts only if it is of the same build, and if it belongs to the owner of the
/// program or to root: otherwise a user could name the functions of another one's program.
package struct DebugFileSearch: Hashable, Sendable {
    /// Directories that are looked in as root directories, in this order: `/proc/PID/root`, `/`.
    package let roots: [String]
    /// The path of the program or library below the first root.
    package let imagePath: String?

    package init(roots: [String], imagePath: String?) {
        self.roots = roots
        self.imagePath = imagePath
    }

    /// Paths by build id, to be looked for below each root.
    static func path(of buildID: BuildID) -> String? {
        let digits = buildID.description
        guard digits.count > 2 else { return nil }
        return "/usr/lib/debug/.build-id/\(digits.prefix(2))/\(digits.dropFirst(2)).debug"
    }

    /// Paths by the name that the file gives, to be looked for below the first root.
    static func paths(of link: DebugLink, imagePath: String) -> [String] {
        guard imagePath.hasPrefix("/"), let slash = imagePath.lastIndex(of: "/") else { return [] }
        let directory = imagePath[..<slash]
        return [
            "\(directory)/\(link.name)", "\(directory)/.debug/\(link.name)",
            "/usr/lib/debug\(directory)/\(link.name)",
        ]
    }

    /// Adds the functions of the first file that has them, if there is any.
    func addTables(
        for image: borrowing ImageFile,
        _ headers: ImageHeaders,
        limits: ImageLimits,
        to tables: inout SymbolTableReader
    ) {
        let link = Self.link(of: image, headers)
        for (root, path) in candidates(buildID: headers.buildID, link: link) {
            do throws(ImageFailure) {
                let file = try ImageFile.open(path, below: root, limits: limits)
                // The file itself has the name that it gives, if somebody so wills.
                guard file.identity != image.identity else { continue }
                let found = try ImageHeaders.read(from: file, limits: limits)
                guard file.owner == image.owner || file.owner == 0,
                    try Self.isSameBuild(file, found, headers, link)
                else { throw .debugFileMismatch }
                tables.addDebugFile(file, found)
                if tables.hasFullTable { return }
            } catch ImageFailure.absent {
                continue
            } catch {
                tables.fail(error)
            }
        }
    }

    /// The first debug file that tells of the source of an image, if there is any.
    func debugFile(
        for image: borrowing ImageFile,
        _ headers: ImageHeaders,
        limits: ImageLimits
    ) -> ImageFile? {
        let link = Self.link(of: image, headers)
        for (root, path) in candidates(buildID: headers.buildID, link: link) {
            guard let file = try? ImageFile.open(path, below: root, limits: limits),
                file.identity != image.identity,
                file.owner == image.owner || file.owner == 0,
                let found = try? ImageHeaders.read(from: file, limits: limits),
                (try? Self.isSameBuild(file, found, headers, link)) == true,
                DebugSource.hasDebugInformation(found)
            else { continue }
            return file
        }
        return nil
    }

    private func candidates(buildID: BuildID?, link: DebugLink?) -> [(root: String, path: String)] {
        var found: [(root: String, path: String)] = []
        if let path = buildID.flatMap(Self.path) { found += roots.map { ($0, path) } }
        if let link, let imagePath, let root = roots.first {
            found += Self.paths(of: link, imagePath: imagePath).map { (root, $0) }
        }
        return found
    }

    private static func link(
        of image: borrowing ImageFile,
        _ headers: ImageHeaders
    ) -> DebugLink? {
        guard let section = headers.names.section(named: ".gnu_debuglink"),
            let bytes = try? SectionContents.read(section, from: image, limit: 4096)
        else { return nil }
        return DebugLink(parsing: bytes)
    }

    /// Whether a debug file was made with an image: by their build ids, or else by its checksum.
    private static func isSameBuild(
        _ file: borrowing ImageFile,
        _ found: ImageHeaders,
        _ image: ImageHeaders,
        _ link: DebugLink?
    ) throws(ImageFailure) -> Bool {
        guard found.header.machine == image.header.machine else { return false }
        if let wanted = image.buildID, let id = found.buildID { return wanted == id }
        guard let link else { return false }
        return try DebugLink.checksum(of: file) == link.checksum
    }
}
