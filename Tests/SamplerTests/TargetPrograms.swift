// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Where the built target programs are.
enum TargetPrograms {
    /// The folder, with a slash at its end; this file is in Tests/SamplerTests/.
    static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/.build-targets/"

    static func path(_ name: String) -> String { folder + name }
}
