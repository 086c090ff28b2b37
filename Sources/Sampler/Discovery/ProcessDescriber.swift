// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Finds out what rules can tell a process by.
struct ProcessDescriber {
    private let unitOf: @Sendable (ProcessID) -> String?
    private var users = UserNames()

    init(unitOf: @escaping @Sendable (ProcessID) -> String?) { self.unitOf = unitOf }

    /// Reads the files of a process; what can't be read stays empty.
    mutating func describe(
        _ process: ProcessID,
        command: String,
        controlGroup: ControlGroup?,
        with reader: inout ProcReader
    ) -> ProcessDescription {
        var description = ProcessDescription()
        description.command = command
        let line = reader.arguments(of: process).value
        description.commandLine = line?.text ?? ""
        description.executable =
            reader.executable(of: process).value ?? line?.arguments.first ?? command
        if let user = reader.owner(of: process).value { description.user = users.name(of: user) }
        description.unit = unitOf(process) ?? ""
        description.controlGroup = controlGroup?.path ?? ""
        for path in controlGroup?.paths ?? [] {
            if description.container.isEmpty, let id = ContainerID.inControlGroup(path) {
                description.container = id.text
            }
            if description.pod.isEmpty, let pod = PodUID.inControlGroup(path) {
                description.pod = pod.text
            }
        }
        return description
    }
}
