// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter

/// The file that says who may use the web server: exporter-toolkit's web configuration.
struct WebSecurityFile: Sendable {
    let path: String

    /// The security that it describes, which follows its changes.
    ///
    /// - Throws: `Failure`, with the file, the line and what to put right.
    func source() throws(Failure) -> WebSecuritySource {
        do throws(WebSecurityProblem) {
            return try WebSecuritySource { read() }
        } catch {
            throw Failure(.failed, error.description)
        }
    }

    /// Reads it, and the files that it names.
    func read() -> WebSecuritySource.Reading {
        var files = WatchedFiles()
        let outcome = outcome(&files)
        return WebSecuritySource.Reading(files: files.all, outcome: outcome)
    }

    private func outcome(_ files: inout WatchedFiles) -> Result<WebSecurity, WebSecurityProblem> {
        let bytes: [UInt8]
        do throws(Failure) {
            bytes = try files.read(path)
        } catch {
            return .failure(WebSecurityProblem(error.message))
        }
        do throws(ConfigurationError) {
            return .success(try WebSecurityReader.read(bytes, in: directory, files: &files))
        } catch {
            return .failure(WebSecurityProblem("\(path): \(error)"))
        }
    }

    /// Where the files are that it names without a directory.
    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
