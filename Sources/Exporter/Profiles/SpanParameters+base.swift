// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension SpanParameters {
    static let baseNames: Set<String> = ["base_ago", "base_seconds", "base_from", "base_to"]

    /// The time that `span` is compared with; nil if no parameter says any.
    ///
    /// `base_from` and `base_to` are instants, and `base_to` may be missing for now. `base_ago`
    /// began so many seconds ago, and lasted for `base_seconds` or else as long as `span`, but not
    /// beyond now: a base is never waited for.
    func base(
        of span: ProfileRequest.Span,
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> ProfileRequest.Span? {
        guard let base = try readBase(of: span, in: parameters) else { return nil }
        guard base != span else { throw .sameTime }
        return base
    }

    private func readBase(
        of span: ProfileRequest.Span,
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> ProfileRequest.Span? {
        if parameters["base_from"] != nil || parameters["base_to"] != nil {
            let one = parameters["base_from"] == nil ? "base_to" : "base_from"
            for other in ["base_ago", "base_seconds"] where parameters[other] != nil {
                throw .contradiction(one, other)
            }
            guard let from = try time("base_from", in: parameters) else {
                throw .missing("base_from", for: "base_to")
            }
            return try pastBase(from: from, to: try time("base_to", in: parameters) ?? now)
        }
        guard let ago = try time("base_ago", in: parameters) else {
            guard parameters["base_seconds"] == nil else {
                throw .missing("base_ago", for: "base_seconds")
            }
            return nil
        }
        guard ago <= now else { throw .badTime(parameter: "base_ago") }
        let from = now - ago
        if let length = try time("base_seconds", in: parameters) {
            let (to, isTooLate) = from.addingReportingOverflow(length)
            return try pastBase(from: from, to: isTooLate ? .max : to)
        }
        return try pastBase(from: from, to: from + min(Self.length(of: span), ago))
    }

    private func pastBase(
        from: UInt64,
        to: UInt64
    ) throws(ProfileQueryProblem) -> ProfileRequest.Span {
        do throws(ProfileQueryProblem) {
            return try past(from: from, to: to)
        } catch {
            throw .ofBase(error)
        }
    }

    private static func length(of span: ProfileRequest.Span) -> UInt64 {
        switch span {
        case .coming(let seconds): UInt64(clamping: seconds) * 1_000_000_000
        case .past(let from, let to): to - min(from, to)
        }
    }
}
