// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Profiles

/// The processes around the agent that it must not stop, since it depends on them.
package struct AgentSurroundings: Equatable, Sendable {
    package var process: ProcessID

    /// From the parent upwards.
    package var ancestors: [ProcessID]

    /// The process that traces the agent.
    package var tracer: ProcessID?

    /// Children that the agent keeps out of its own sight.
    package var excludedChildren: Set<ProcessID>

    package init(
        process: ProcessID,
        ancestors: [ProcessID] = [],
        tracer: ProcessID? = nil,
        excludedChildren: Set<ProcessID> = []
    ) {
        self.process = process
        self.ancestors = ancestors
        self.tracer = tracer
        self.excludedChildren = excludedChildren
    }

    /// A chain of parents longer than this is followed no further.
    package static let maximumAncestors = 1024

    /// Reads what is around a process: around the agent itself, unless told otherwise.
    ///
    /// Parents change when one exits and a tracer may come at any time, so read this again with
    /// each scan. A parent in an outer PID namespace shows as 0 and ends the chain.
    package static func read(
        around process: ProcessID = ProcessID(getpid()),
        with reader: inout ProcReader,
        excludedChildren: Set<ProcessID> = []
    ) -> AgentSurroundings {
        var surroundings = AgentSurroundings(process: process, excludedChildren: excludedChildren)
        guard let own = reader.status(of: process).value else { return surroundings }
        if let tracer = own.tracer {
            // The tracer is a thread; what is protected is its process.
            let status = reader.status(of: ProcessID(tracer.rawValue)).value
            surroundings.tracer = status?.process ?? ProcessID(tracer.rawValue)
        }
        var next = own.parent
        while let parent = next, parent.rawValue > 0,
            surroundings.ancestors.count < maximumAncestors,
            !surroundings.ancestors.contains(parent)
        {
            surroundings.ancestors.append(parent)
            next = reader.status(of: parent).value?.parent
        }
        return surroundings
    }
}
