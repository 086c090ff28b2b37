// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// As much reading of Swift as the tidy tests need; swift-format has made the text regular.
enum SourceText {
    /// A function and the number of its lines, signature and closing brace included.
    struct Function: Equatable {
        let line: Int
        let length: Int
    }

    /// The text with the contents of comments and strings left out; line breaks stay.
    static func code(of text: String) -> String {
        var code = ""
        var inLongString = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let fences = line.ranges(of: "\"\"\"").count
            if fences == 0, !inLongString { code += codeOfLine(line) }
            if fences % 2 == 1 {
                if !inLongString { code += codeOfLine(line.prefix { $0 != "\"" }) }
                inLongString.toggle()
            }
            code += "\n"
        }
        return code
    }

    /// Every function, initialiser and deinitialiser with a body.
    static func functions(in text: String) -> [Function] {
        let lines = code(of: text).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.compactMap { start in
            guard startsFunction(lines[start]) else { return nil }
            guard let end = endOfBody(lines[start...]) else { return nil }
            return Function(line: start + 1, length: end - start + 1)
        }
    }

    private static func startsFunction(_ line: Substring) -> Bool {
        line.split(separator: " ").contains { word in
            word == "func" || word == "deinit" || word.hasPrefix("init(") || word.hasPrefix("init<")
        }
    }

    /// The line of the brace that closes the first one opened, or `nil` where there is no body.
    private static func endOfBody(_ lines: ArraySlice<Substring>) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in lines.indices {
            for character in lines[index] {
                switch character {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{": braces += 1
                case "}":
                    braces -= 1
                    if braces == 0, parentheses == 0 { return index }
                    // The type around a declaration without a body ends here.
                    if braces < 0 { return nil }
                default: break
                }
            }
            // A requirement of a protocol ends with its line.
            if braces == 0, parentheses == 0, index != lines.endIndex - 1 {
                let next = lines[index + 1].drop { $0 == " " }
                let continues = ["{", "where", "->", "throws", "async", ")"]
                if !continues.contains(where: next.hasPrefix) { return nil }
            }
        }
        return nil
    }

    private static func codeOfLine(_ line: Substring) -> String {
        var code = ""
        var rest = line
        while let character = rest.first {
            if rest.hasPrefix("//") { break }
            rest.removeFirst()
            if character == "\"" { rest = afterString(rest) } else { code.append(character) }
        }
        return code
    }

    /// What follows the string whose first quote was read; interpolations are part of it.
    private static func afterString(_ text: Substring) -> Substring {
        var rest = text
        var interpolations = 0
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                if rest.popFirst() == "(" { interpolations = 1 }
            case "(" where interpolations > 0: interpolations += 1
            case ")" where interpolations > 0: interpolations -= 1
            case "\"":
                if interpolations == 0 { return rest }
                rest = afterString(rest)
            default: break
            }
        }
        return rest
    }
}
