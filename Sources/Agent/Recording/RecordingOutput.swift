// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles

/// Where a recording goes: a file that is there as a whole or not at all, or the standard output.
struct RecordingOutput {
    private let file: OutputFile
    let format: ProfileFormat

    /// Decides file and format, and makes sure that the file can be written, before anything is
    /// recorded.
    ///
    /// - Parameters:
    ///   - path: a file, `-` for the standard output, or nil for a name by the clock.
    ///   - format: nil for the one of the file's ending.
    init(path: String?, format: ProfileFormat?) throws {
        if let path {
            guard let chosen = format ?? ProfileFormat(path: path) ?? (path == "-" ? .text : nil)
            else {
                throw Failure(
                    .usage,
                    "\(path) has no ending that names a format; add -f "
                        + ProfileFormat.allCases.map(\.rawValue).joined(separator: "|")
                )
            }
            self.format = chosen
            file = try OutputFile(path: path)
        } else {
            self.format = format ?? .html
            file = try OutputFile(path: "ptarmigan-\(Self.timestamp()).\(self.format.ending)")
        }
    }

    /// The file's name, for a message.
    var shownPath: String { file.shownPath }

    /// Writes the profile; a file takes its name when all of it is there.
    ///
    /// - Parameter maximumRows: most functions of a text table; nil for its usual number.
    func write(_ profile: Profile, maximumRows: Int? = nil) throws {
        let bytes: [UInt8]
        do {
            bytes = try format.encode(profile, maximumRows: maximumRows)
        } catch {
            throw Failure(.failed, "the profile can't be written as \(format.rawValue): \(error)")
        }
        try file.write(bytes)
    }

    /// The local time as `20260131-235959`.
    private static func timestamp() -> String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%d-%H%M%S", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
