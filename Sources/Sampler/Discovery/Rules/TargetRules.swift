// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One rule of how a group is called.
package struct GroupRule: Hashable, Sendable {
    package var name: GroupTemplate
    package var pattern: ProcessPattern

    package init(name: GroupTemplate, pattern: ProcessPattern) {
        self.name = name
        self.pattern = pattern
    }
}

/// An operator's rules: which processes are sampled, and under which names.
package struct TargetRules: Hashable, Sendable {
    /// If there are any, only processes that one of them matches are sampled.
    package var included: [ProcessPattern] = []
    /// Processes that one of them matches are not sampled, even if included.
    package var excluded: [ProcessPattern] = []
    /// The first that matches names the group.
    package var groups: [GroupRule] = []
    /// Whether a process that no rule names goes into the group that one named for its parent.
    package var foldsChildren = false

    package init() {}

    package var isEmpty: Bool { self == TargetRules() }
}
