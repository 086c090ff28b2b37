// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Chooses what to send by what a client accepts (RFC 9110, section 12.5).
///
/// Real scrapers send parameters that are not ours (`escaping=`), and a catch-all that
/// documentation misprints as `/`. So what is not understood is passed over, never refused.
package enum ContentNegotiation {
    /// The format with the highest weight among those spoken here; the first of equals.
    ///
    /// - Parameter accept: the Accept header, all its lines joined by commas; nil for none.
    package static func format(accept: String?) -> ExpositionFormat {
        var best: (format: ExpositionFormat, weight: Double)?
        for range in (accept ?? "").split(separator: ",") {
            let item = WeightedItem(range)
            guard item.weight > 0, let format = format(of: item) else { continue }
            if let best, best.weight >= item.weight { continue }
            best = (format, item.weight)
        }
        return best?.format ?? .text
    }

    /// Whether a client asks for gzip by name.
    ///
    /// - Parameter acceptEncoding: the Accept-Encoding header; nil for none.
    package static func acceptsGzip(acceptEncoding: String?) -> Bool {
        (acceptEncoding ?? "").split(separator: ",").contains { coding in
            let item = WeightedItem(coding)
            return item.weight > 0 && (item.name == "gzip" || item.name == "x-gzip")
        }
    }

    private static func format(of item: WeightedItem) -> ExpositionFormat? {
        switch item.name {
        case "application/openmetrics-text":
            // A scraper that asks for the draft alone (0.0.1) could not read 1.0.0.
            item.version == nil || item.version == "1.0.0" ? .openMetrics : nil
        case "text/plain":
            item.version == nil || item.version == "0.0.4" ? .text : nil
        case "text/*", "*/*", "/", "*":
            .text
        default:
            nil
        }
    }
}

/// One item of a list header, with its weight: `name;parameter=value;q=0.5`.
private struct WeightedItem {
    let name: String
    private(set) var version: String?
    private(set) var weight = 1.0

    init(_ text: Substring) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        name = Self.trim(parts.first ?? "").lowercased()
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let value = Self.trim(pair[1])
            switch Self.trim(pair[0]).lowercased() {
            case "version": version = value
            // A weight that is no number counts as none given.
            case "q": weight = Double(value).map { min(max($0, 0), 1) } ?? 1
            default: break
            }
        }
        if weight.isNaN { weight = 0 }
    }

    private static func trim(_ text: Substring) -> String {
        func isBlank(_ character: Character) -> Bool {
            character == " " || character == "\t" || character == "\""
        }
        let start = text.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { String(start[...$0]) } ?? ""
    }
}
