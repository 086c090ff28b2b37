// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Requests as they are written in a URL.
extension AdminRequest {
    /// Why a query is no request; its description is the answer.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case noTarget
        case badProcesses
        case badName
        case badSeconds(maximumSeconds: Int)
        case badRate
        case badThreads

        package var description: String {
            switch self {
            case .noTarget: "either pid or name is needed"
            case .badProcesses:
                "pid must be numbers of processes with commas between them, at most "
                    + "\(AdminRequest.processLimit)"
            case .badName: "name must be a command name of 1 to 255 bytes"
            case .badSeconds(let maximum):
                "the time must be above 0 and at most \(maximum) seconds; "
                    + "--web.max-profile-seconds of the agent sets that"
            case .badRate: "the rate must be between 1/60 and 10000 a second"
            case .badThreads: "threads must be 0 or 1"
            }
        }
    }

    /// The path that takes requests, by POST.
    package static let path = "/record"
    /// The most processes of one request.
    package static let processLimit = 256
    static let parameters: Set<String> = ["pid", "name", "seconds", "rate", "threads"]

    init(_ parameters: QueryParameters, maximumSeconds: Int) throws(Problem) {
        self.init(
            target: try Self.target(in: parameters),
            seconds: try parameters["seconds"].map { text throws(Problem) in
                guard let seconds = Double(text), seconds > 0, seconds <= Double(maximumSeconds)
                else { throw .badSeconds(maximumSeconds: maximumSeconds) }
                return seconds
            },
            rate: try parameters["rate"].map { text throws(Problem) in
                let range = SamplingRate.lowest.hertz...SamplingRate.highest.hertz
                guard let hertz = Double(text), range.contains(hertz) else { throw .badRate }
                return SamplingRate(hertz: hertz)
            }
        )
        switch parameters["threads"] {
        case nil, "0": separatesThreads = false
        case "1": separatesThreads = true
        default: throw .badThreads
        }
    }

    private static func target(in parameters: QueryParameters) throws(Problem) -> Target {
        switch (parameters["pid"], parameters["name"]) {
        case (let list?, nil):
            var processes: [ProcessID] = []
            for part in list.split(separator: ",", omittingEmptySubsequences: false) {
                guard let number = Int32(part), number > 0, processes.count < processLimit else {
                    throw .badProcesses
                }
                processes.append(ProcessID(number))
            }
            return .processes(processes)
        case (nil, let name?):
            guard (1...255).contains(name.utf8.count) else { throw .badName }
            return .named(name)
        default: throw .noTarget
        }
    }

    /// The path and the query that ask for this.
    package var url: String {
        var parameters: [String] = []
        switch target {
        case .processes: parameters.append("pid=\(title)")
        case .named(let name): parameters.append("name=\(URLText(encoding: name))")
        }
        if let seconds { parameters.append("seconds=\(seconds)") }
        if let rate { parameters.append("rate=\(rate.hertz)") }
        if separatesThreads { parameters.append("threads=1") }
        return "\(Self.path)?\(parameters.joined(separator: "&"))"
    }
}
