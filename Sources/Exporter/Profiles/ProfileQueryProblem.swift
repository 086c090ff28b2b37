// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why a request for a profile is refused; its description is the answer to the client.
indirect enum ProfileQueryProblem: Error, Equatable, CustomStringConvertible {
    case tooLong(maximumSeconds: Int)
    case badTime(parameter: String)
    case badGroup
    case badChoice(parameter: String, choices: String)
    case contradiction(String, String)
    case noBeginning
    case endsBeforeItBegins
    case reachesIntoTheFuture
    case missing(String, for: String)
    case sameTime
    /// Of the time that another one is compared with.
    case ofBase(ProfileQueryProblem)

    var description: String {
        switch self {
        case .tooLong(let maximumSeconds):
            "seconds is above \(maximumSeconds), the most that --web.max-profile-seconds allows"
        case .badTime(let parameter):
            "\(parameter) is not a time in seconds, such as 12 or 12.5"
        case .badGroup:
            "group is empty, longer than 160 characters, or has quotes or control characters"
        case .badChoice(let parameter, let choices):
            "\(parameter) is none of \(choices)"
        case .contradiction(let one, let other):
            "\(one) and \(other) contradict each other"
        case .noBeginning:
            "to needs from"
        case .endsBeforeItBegins:
            "the time asked for ends before it begins, or at once"
        case .reachesIntoTheFuture:
            "the time asked for reaches into the future"
        case .missing(let needed, let parameter):
            "\(parameter) needs \(needed)"
        case .sameTime:
            "the base is the same time as what is compared with it"
        case .ofBase(let problem):
            "the base: \(problem)"
        }
    }
}
