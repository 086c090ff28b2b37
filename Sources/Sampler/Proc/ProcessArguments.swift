// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The arguments of a process, as they are in its memory now (`cmdline`, proc(5)).
package struct ProcessArguments: Hashable, Sendable {
    /// The most bytes to read; what tells one Java program from another can be far behind.
    package static let maximumBytes = 32 * 1024
    /// Arguments beyond this are left out.
    package static let maximumArguments = 1_024

    /// The first is the name that the program was called by; empty for a kernel thread.
    package let arguments: [String]

    /// With a blank between arguments, as `ps` shows them.
    package var text: String { arguments.joined(separator: " ") }

    /// Reads the bytes of the file, each argument ended by a zero.
    ///
    /// A program may write what it likes there, often one text with blanks: that is one argument.
    package static func parse(_ bytes: Span<UInt8>) -> ProcessArguments {
        var arguments: [String] = []
        var scanner = ByteScanner()
        while arguments.count < maximumArguments, let range = scanner.take(until: 0, in: bytes) {
            arguments.append(bytes.text(range))
        }
        // Zeros that pad a text which a program has shortened.
        while arguments.last?.isEmpty == true { arguments.removeLast() }
        return ProcessArguments(arguments: arguments)
    }
}
