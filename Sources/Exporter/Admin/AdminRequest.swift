// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What is asked of a running agent through its admin socket: to sample some processes for a time.
package struct AdminRequest: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case processes([ProcessID])
        /// All that have this command name when the request comes.
        case named(String)
    }

    package var target: Target
    /// Nil: the agent's usual time.
    package var seconds: Double?
    /// Nil: the rate at which the agent samples anyway.
    package var rate: SamplingRate?
    package var separatesThreads: Bool

    package init(
        target: Target,
        seconds: Double? = nil,
        rate: SamplingRate? = nil,
        separatesThreads: Bool = false
    ) {
        self.target = target
        self.seconds = seconds
        self.rate = rate
        self.separatesThreads = separatesThreads
    }

    /// What is asked for, for a title: a name, or numbers.
    package var title: String {
        switch target {
        case .named(let name): name
        case .processes(let processes): processes.map(\.description).joined(separator: ",")
        }
    }
}

/// What the agent answers to a request that was found good.
package enum AdminAnswer: Sendable {
    case profile(Profile)
    /// With one line that says why.
    case refused(AdminOutcome, String)
}

/// Who answers; cancelling the task ends the sampling.
package typealias AdminSource = @Sendable (AdminRequest, PeerCredentials) async -> AdminAnswer
