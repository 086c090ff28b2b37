// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One frame as it is shown: a function and where it is from.
package struct FrameName: Hashable, Sendable {
    /// The function, `object+0xoffset` where there is none, or `[unknown]`.
    package let function: String
    /// The last part of the file's path; empty for what is no code of a file.
    package let object: String
    /// The source file; empty where it is not known.
    package let file: String
    /// The source line; 0 where it is not known.
    package let line: UInt32
    /// Whether the compiler put the function into its caller.
    package let isInlined: Bool

    package init(function: String, object: String, file: String, line: UInt32, isInlined: Bool) {
        self.function = function
        self.object = object
        self.file = file
        self.line = line
        self.isInlined = isInlined
    }
}

extension Profile {
    /// The frames at a location, the innermost inlined function first; at least one.
    package func frames(at location: ProfileLocation) -> [FrameName] {
        let mapping = location.mapping.map { mappings[$0] }
        guard !location.lines.isEmpty else { return [unnamed(location, mapping)] }
        return location.lines.enumerated().map { depth, line in
            let function = functions[line.function]
            return FrameName(
                function: function.name,
                object: mapping?.object ?? "",
                file: function.file,
                line: line.line,
                isInlined: depth < location.lines.count - 1
            )
        }
    }

    private func unnamed(_ location: ProfileLocation, _ mapping: ProfileMapping?) -> FrameName {
        var function = "[unknown]"
        if let mapping, let offset = mapping.fileOffset(of: location.address) {
            function = "\(mapping.object)+0x\(String(offset, radix: 16))"
        }
        return FrameName(
            function: function,
            object: mapping?.object ?? "",
            file: "",
            line: 0,
            isInlined: false
        )
    }
}
