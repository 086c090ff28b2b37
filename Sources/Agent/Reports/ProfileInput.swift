// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles

/// A profile that a command is given: a file, or the standard input.
struct ProfileInput: Hashable {
    /// `-` is the standard input.
    let path: String

    /// What it is called in messages and titles.
    var name: String { path == "-" ? "the standard input" : path }

    /// Reads the profile.
    ///
    /// - Parameter periodNanoseconds: what a sample stands for in files without times; 0 where that
    ///   is not known.
    /// - Throws: `Failure`, with the line to print.
    func read(periodNanoseconds: UInt64) throws -> Profile {
        let bytes = try bytes()
        let file = path.split(separator: "/").last.map(String.init) ?? path
        do {
            return try ProfileReader.read(
                bytes,
                hints: ProfileReader.Hints(
                    target: path == "-" ? name : file,
                    periodNanoseconds: periodNanoseconds
                )
            )
        } catch {
            throw Failure(.failed, "\(name) can't be read as a profile: \(error)")
        }
    }

    /// One profile of all inputs.
    static func merged(_ inputs: [Self], periodNanoseconds: UInt64) throws -> Profile {
        // One at a time is checked against the first: the message can name the one that differs.
        var profiles: [Profile] = []
        for input in inputs {
            let profile = try input.read(periodNanoseconds: periodNanoseconds)
            if let first = profiles.first, let why = first.difference(from: profile) {
                throw Failure(
                    .failed,
                    "\(inputs[0].name) and \(input.name) can't be added up: \(why)"
                )
            }
            profiles.append(profile)
        }
        do {
            return try Profile.merged(profiles)
        } catch {
            throw Failure(.failed, "the files can't be added up: \(error)")
        }
    }

    private func bytes() throws -> [UInt8] {
        let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw cannotRead }
        defer { if path != "-" { close(file) } }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        // One byte more than is read as a profile says that there are too many.
        while bytes.count <= ProfileReader.byteLimit {
            let count = Glibc.read(file, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead }
            if count == 0 { break }
            bytes += part[..<count]
        }
        return bytes
    }

    private var cannotRead: Failure {
        Failure(.failed, "\(name) can't be read: \(String(cString: strerror(errno)))")
    }
}

extension Profile {
    /// Why two profiles are of different things; nil where they are not.
    func difference(from other: Profile) -> String? {
        if hasClock != other.hasClock {
            return "only one has times; --rate says what samples of the other stand for"
        }
        if kind != other.kind {
            return "one is of \(kind.rawValue) time and one of \(other.kind.rawValue) time"
        }
        return nil
    }
}
