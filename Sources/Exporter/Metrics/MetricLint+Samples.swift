// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension MetricLint {
    /// Labels that are not ours to set.
    ///
    /// Scrape configurations and service discovery set most of them, and would rename ours to
    /// `exported_*`; `le` and `quantile` belong to histograms and summaries.
    private static let reservedLabels: Set<String> = [
        "type", "service", "env", "region", "zone", "cluster", "job", "instance", "le",
        "quantile", "namespace", "pod", "container", "node",
    ]

    /// What is wrong with the samples of one family.
    static func findings(inSamplesOf family: MetricFamily) -> [Finding] {
        var problems: [String] = []
        var series: Set<[Label]> = []
        for labels in labelSets(of: family) {
            if !series.insert(labels).inserted { problems.append("a series twice: \(labels)") }
            problems += labelProblems(labels)
        }
        problems += valueProblems(of: family)
        return problems.map { Finding(metric: family.name.description, problem: $0) }
    }

    private static func labelSets(of family: MetricFamily) -> [[Label]] {
        switch family.samples {
        case .counter(let samples): samples.map(\.labels)
        case .gauge(let samples): samples.map(\.labels)
        case .histogram(let samples): samples.map(\.labels)
        case .info(let samples): samples
        }
    }

    private static func labelProblems(_ labels: [Label]) -> [String] {
        var problems: [String] = []
        var names: Set<String> = []
        for label in labels {
            let name = label.name.description
            if !isName(name) { problems.append("label \(name) is not snake_case ASCII") }
            if reservedLabels.contains(name) { problems.append("label \(name) is reserved") }
            if !names.insert(name).inserted { problems.append("label \(name) twice") }
        }
        return problems
    }

    private static func valueProblems(of family: MetricFamily) -> [String] {
        var problems: [String] = []
        switch family.samples {
        case .counter(let samples):
            for sample in samples {
                if !sample.value.isValidCounter { problems.append("a counter below zero") }
                problems += exemplarProblems(sample.exemplar)
            }
        case .histogram(let samples):
            for sample in samples { problems += histogramProblems(sample.value) }
        case .gauge, .info:
            break
        }
        return problems
    }

    private static func histogramProblems(_ value: HistogramValue) -> [String] {
        var problems: [String] = []
        let bounds = value.buckets.map(\.upperBound)
        if !zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) {
            problems.append("bucket bounds do not rise")
        }
        if !bounds.allSatisfy(\.isFinite) { problems.append("a bucket bound is not finite") }
        if !value.sum.isFinite { problems.append("the sum is not finite") }
        for bucket in value.buckets { problems += exemplarProblems(bucket.exemplar) }
        return problems + exemplarProblems(value.overflowExemplar)
    }

    private static func exemplarProblems(_ exemplar: Exemplar?) -> [String] {
        guard let exemplar, !exemplar.isShortEnough else { return [] }
        return ["an exemplar has more than \(Exemplar.maximumLength) characters of labels"]
    }
}
