// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension Image {
    /// Reads an image whose bytes were copied from the memory of a process: the vDSO (vdso(7)), and
    /// as a last resort other files that are mapped.
    ///
    /// The section headers serve where they are in memory too, as in the vDSO; otherwise the
    /// dynamic linker's table leads to the symbols. Only what others can use has names there.
    ///
    /// - Parameters:
    ///   - bytes: The memory from where the file's start is mapped to the end of its last mapping.
    ///   - address: Where it is mapped: the dynamic linker of some C libraries writes the addresses
    ///     of the process into its table.
    package static func read(
        fromMemory bytes: [UInt8],
        mappedAt address: UInt64,
        limits: ImageLimits = .standard
    ) throws(ImageFailure) -> Image {
        guard UInt64(bytes.count) <= limits.fileBytes else { throw .tooLarge }
        let memory = ImageBytes(bytes)
        let headers = try ImageHeaders.read(from: memory, limits: limits)
        let base = headers.segments.lowestAddress ?? ImageAddress(0)
        var tables = SymbolTableReader(base: base, code: headers.code, limits: limits)
        if headers.sections.first(ofType: 2) != nil || headers.sections.first(ofType: 11) != nil {
            tables.addTables(of: memory, headers)
        } else {
            do throws(ImageFailure) {
                let found = try DynamicSymbols.find(
                    in: bytes,
                    mappedAt: address,
                    headers,
                    limit: UInt64(max(0, limits.symbolTableBytes))
                )
                tables.addDynamicSymbols(entries: found.entries, names: found.names)
            } catch {
                tables.fail(error)
            }
        }
        return Image(headers, tables.build())
    }
}
