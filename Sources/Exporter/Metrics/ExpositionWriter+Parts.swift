// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The parts of a line: labels, values, exemplars, escapes.
extension ExpositionWriter {
    mutating func appendLabels(_ labels: [Label]) {
        guard !labels.isEmpty else { return }
        appendBracedLabels(labels)
    }

    private mutating func appendBracedLabels(_ labels: [Label]) {
        append("{")
        for (index, label) in labels.enumerated() {
            if index > 0 { append(",") }
            append(label)
        }
        append("}")
    }

    mutating func append(_ label: Label) {
        append(label.name)
        append("=\"")
        var text = label.value.text
        text.withUTF8 { appendEscaped($0, quotes: true) }
        append("\"")
    }

    mutating func append(_ exemplar: Exemplar?) {
        guard format == .openMetrics, let exemplar, exemplar.isShortEnough else { return }
        append(" # ")
        appendBracedLabels(exemplar.labels)
        append(" ")
        CanonicalFloat.append(exemplar.value, to: &bytes)
    }

    mutating func append(_ value: MetricValue) {
        switch value {
        case .integer(let integer): append(integer)
        case .double(let double): CanonicalFloat.append(double, to: &bytes)
        }
    }

    mutating func append(_ integer: some FixedWidthInteger) {
        bytes.append(contentsOf: String(integer).utf8)
    }

    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, quotes: Bool) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\"") where quotes: append("\\\"")
            default: bytes.append(byte)
            }
        }
    }
}
