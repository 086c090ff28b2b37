// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Images

extension Image {
    /// The image that a file of these bytes gives.
    static func of(
        _ bytes: [UInt8],
        in directory: TemporaryDirectory,
        limits: ImageLimits = .standard
    ) throws -> Image {
        let path = try directory.write(bytes, to: "image")
        return try read(from: ImageFile.open(path, expecting: nil, limits: limits), limits: limits)
    }

    /// The image that a written file gives.
    static func of(_ writer: ELFWriter, limits: ImageLimits = .standard) throws -> Image {
        let directory = try TemporaryDirectory()
        return try of(writer.bytes(), in: directory, limits: limits)
    }
}
