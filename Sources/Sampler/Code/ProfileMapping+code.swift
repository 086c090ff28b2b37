// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

extension ProfileMapping {
    /// Mapped code as a profile names it.
    ///
    /// - Parameter addresses: its place, in the process or in the file.
    init(_ code: MappedCode, addresses: Range<Address>) {
        self.init(
            addresses: addresses,
            fileOffset: code.mapping.fileOffset,
            path: code.mapping.path,
            buildID: code.image?.buildID?.description ?? "",
            hasFunctions: code.image.map { !$0.symbols.isEmpty } ?? false
        )
    }

    /// What stands for code that is in no file, such as `[kernel]`.
    static func reserved(_ name: String) -> ProfileMapping {
        ProfileMapping(
            addresses: Address(0)..<Address(1),
            fileOffset: 0,
            path: name,
            buildID: "",
            hasFunctions: true
        )
    }
}

extension CompiledCode {
    /// The function at an address of a process, by its file or by what a compiler said of it.
    func profileFunction(at address: UInt64, in code: MappedCode) -> ProfileFunction? {
        if let image = code.image {
            return image.symbol(at: code.imageAddress(of: address)).symbol.map {
                ProfileFunction(name: $0.name, systemName: $0.systemName)
            }
        }
        return function(at: address, of: code.process).map {
            ProfileFunction(name: $0.name, systemName: $0.systemName)
        }
    }
}
