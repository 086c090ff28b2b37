// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A label of a series: a name written in the code, and a sanitised value.
package struct Label: Hashable, Sendable {
    package let name: StaticString
    package let value: LabelValue

    /// A label whose value was sanitised before.
    package init(_ name: StaticString, _ value: LabelValue) {
        self.name = name
        self.value = value
    }

    /// A label whose value is one of a closed set in the code.
    package init(_ name: StaticString, _ value: StaticString) {
        self.init(name, LabelValue(value))
    }

    /// A label whose value comes from outside, or is put together: it is sanitised.
    package init(_ name: StaticString, sanitising text: String) {
        self.init(name, LabelValue(sanitising: text))
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.value == right.value && left.name.description == right.name.description
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name.description)
        hasher.combine(value)
    }
}

/// One event behind a counter or a bucket; the legal place for a process id.
///
/// It has no timestamp: the scrape's own time is near enough. OpenMetrics 1.0 allows at most
/// `maximumLength` characters of label names and values together; the encoder leaves out an
/// exemplar that has more.
package struct Exemplar: Sendable {
    /// The most Unicode scalars that the label names and values have together.
    package static let maximumLength = 128

    package let labels: [Label]
    package let value: Double

    package init(labels: [Label], value: Double) {
        self.labels = labels
        self.value = value
    }

    /// Whether OpenMetrics allows labels of this length.
    package var isShortEnough: Bool {
        var length = 0
        for label in labels {
            length += label.name.utf8CodeUnitCount + label.value.text.unicodeScalars.count
        }
        return length <= Self.maximumLength
    }
}
