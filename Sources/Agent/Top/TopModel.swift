// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles
import Sampler

/// What the rows of a live view are.
enum TopView: String, CaseIterable, Hashable, ExpressibleByArgument {
    case function
    case thread
    case group
}

/// All that a live view could show: it takes periods in and knows nothing of terminals.
struct TopModel {
    /// Of CPU time, by what the rows are.
    private var onCPU: [TopView: TopTable] = [:]
    /// The same of the time by the clock on the wall.
    private var wall: [TopView: TopTable] = [:]
    /// Since the recording began.
    private(set) var summary = RecordingSummary()
    /// The rate in force; nil before the first period.
    private(set) var rate: SamplingRate?
    /// CPU time that this program uses, in seconds per second.
    private(set) var ownCPUShare = 0.0
    private(set) var processCount = 0
    /// How long the latest period was.
    private(set) var periodNanoseconds: UInt64 = 0
    /// How long all periods were, since the beginning and not since the latest reset.
    private(set) var elapsedNanoseconds: UInt64 = 0
    private let rowLimit: Int

    init(rowLimit: Int = TopTable.usualLimit) { self.rowLimit = rowLimit }

    /// Takes in a period.
    mutating func add(_ window: RecordedWindow) {
        summary = window.summary
        rate = window.rate
        ownCPUShare = window.ownCPUShare
        processCount = window.processCount
        periodNanoseconds = window.profile.durationNanoseconds
        elapsedNanoseconds &+= periodNanoseconds
        guard window.profile.kind == .wall else {
            return add(window.profile, to: &onCPU)
        }
        add(window.profile.onCPU, to: &onCPU)
        add(window.profile, to: &wall)
    }

    /// Forgets the times.
    mutating func reset() {
        onCPU = [:]
        wall = [:]
    }

    func table(by view: TopView, isWall: Bool) -> TopTable {
        (isWall ? wall : onCPU)[view] ?? TopTable(limit: rowLimit)
    }

    private func add(_ profile: Profile, to tables: inout [TopView: TopTable]) {
        for view in TopView.allCases {
            var table = tables.removeValue(forKey: view) ?? TopTable(limit: rowLimit)
            switch view {
            case .function: table.add(FunctionTable(profile))
            case .thread: table.add(OwnerTable(profile, by: .thread))
            case .group: table.add(OwnerTable(profile, by: .group))
            }
            tables[view] = table
        }
    }
}
