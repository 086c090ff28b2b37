// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles

/// Where a recording goes: a file that is there as a whole or not at all, or the standard output.
struct RecordingOutput {
    private let path: String
    private let format: ProfileFormat
    private let isStandardOutput: Bool

    /// Decides file and format, and makes sure that the file can be written, before anything is
    /// recorded.
    ///
    /// - Parameters:
    ///   - path: a file, `-` for the standard output, or nil for a name by the clock.
    ///   - format: nil for the one of the file's ending.
    init(path: String?, format: ProfileFormat?) throws {
        isStandardOutput = path == "-"
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
            self.path = path
        } else {
            self.format = format ?? .html
            self.path = "ptarmigan-\(Self.timestamp()).\(self.format.ending)"
        }
        guard !isStandardOutput else { return }
        let file = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw Failure(cannotWrite: self.path) }
        close(file)
        unlink(temporaryPath)
    }

    /// The file's name, for a message.
    var shownPath: String { isStandardOutput ? "the standard output" : path }

    private var temporaryPath: String { FileBytes.temporaryPath(for: path) }

    /// Writes the profile; a file takes its name when all of it is there.
    func write(_ profile: Profile) throws {
        let bytes: [UInt8]
        do {
            bytes = try format.encode(profile)
        } catch {
            throw Failure(.failed, "the profile can't be written as \(format.rawValue): \(error)")
        }
        guard !isStandardOutput else { return try StandardOutput.write(bytes) }
        try FileBytes.replace(path, with: bytes)
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
