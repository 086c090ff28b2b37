// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The parameters of a request that say which time it is about.
struct SpanParameters: Sendable {
    static let names: Set<String> = ["seconds", "from", "to", "ago"]

    /// What `seconds` is where it is missing, or is no number above 0; as in Go's net/http/pprof.
    static let standardSeconds = 30

    /// In nanoseconds since 1970 UTC.
    let now: UInt64
    let maximumSeconds: Int

    init(now: UInt64, maximumSeconds: Int) {
        self.now = now
        // A day in nanoseconds can be added to any instant.
        self.maximumSeconds = min(max(1, maximumSeconds), 86_400)
    }

    /// The time that is asked for; nil if no parameter says any.
    ///
    /// `seconds` alone is to come. `from` and `to` are instants, and `to` may be missing for now.
    /// `ago` began so many seconds ago, and lasted for `seconds` or else until now.
    func span(
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> ProfileRequest.Span? {
        if parameters["from"] != nil || parameters["to"] != nil {
            for other in ["ago", "seconds"] where parameters[other] != nil {
                throw .contradiction(parameters["from"] == nil ? "to" : "from", other)
            }
            guard let from = try time("from", in: parameters) else { throw .noBeginning }
            return try past(from: from, to: try time("to", in: parameters) ?? now)
        }
        if let ago = try time("ago", in: parameters) {
            guard ago <= now else { throw .badTime(parameter: "ago") }
            let from = now - ago
            guard parameters["seconds"] != nil else { return try past(from: from, to: now) }
            // `from` is at most now, which is far from the end of the range.
            let length = UInt64(try seconds(in: parameters)) * 1_000_000_000
            return try past(from: from, to: from &+ length)
        }
        guard parameters["seconds"] != nil else { return nil }
        return .coming(seconds: try seconds(in: parameters))
    }

    /// How long sampling is waited for, from 1 to the maximum.
    func seconds(in parameters: QueryParameters) throws(ProfileQueryProblem) -> Int {
        let standard = min(Self.standardSeconds, maximumSeconds)
        guard let text = parameters["seconds"] else { return standard }
        // What is too long is refused in whatever way it is written, such as 1e9.
        if let number = Double(text), number > Double(maximumSeconds) {
            throw .tooLong(maximumSeconds: maximumSeconds)
        }
        guard let number = Int(text), number > 0 else { return standard }
        return number
    }

    func past(
        from: UInt64,
        to: UInt64
    ) throws(ProfileQueryProblem) -> ProfileRequest.Span {
        guard from < to else { throw .endsBeforeItBegins }
        guard to <= now else { throw .reachesIntoTheFuture }
        return .past(from: from, to: to)
    }

    func time(
        _ name: String,
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> UInt64? {
        guard let text = parameters[name] else { return nil }
        guard let nanoseconds = Self.nanoseconds(of: text) else { throw .badTime(parameter: name) }
        return nanoseconds
    }

    /// Decimal seconds in nanoseconds, exactly; what is below a nanosecond is cut off.
    static func nanoseconds(of text: String) -> UInt64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isDecimal = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard isDecimal, let whole = UInt64(parts[0]) else { return nil }
        let digits = parts.count == 2 ? parts[1].prefix(9) : ""
        let padded = String(digits) + String(repeating: "0", count: 9 - digits.count)
        guard let fraction = UInt64(padded) else { return nil }
        let (seconds, isTooLarge) = whole.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isOver) = seconds.addingReportingOverflow(fraction)
        return isTooLarge || isOver ? nil : sum
    }
}
