// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles

/// The table of a live view, column by column.
struct TopColumns {
    let view: TopView
    let order: TopOrder
    /// Columns of the screen; `.max` where nothing is to be cut.
    let width: Int

    private static let shareWidth = 8
    private static let timeWidth = 11
    private static let numberWidth = 9
    /// Narrower screens have no times.
    private static let timesFrom = 60
    /// What a name of an owner may take where another column follows.
    private static let ownerWidth = 18

    private var hasTimes: Bool { width >= Self.timesFrom }

    /// The titles; `*` is before the one that is sorted by.
    var titles: String {
        var text = share("%Own", .ownShare)
        switch view {
        case .function:
            text += share("%Total", .totalShare)
            if hasTimes { text += time("OwnTime", .ownTime) + time("TotalTime", .totalTime) }
            text += "  Function (object)"
        case .thread, .group:
            if hasTimes { text += time("OwnTime", .ownTime) }
            if view == .thread {
                text += DisplayWidth.right("PID", in: Self.numberWidth)
                text += DisplayWidth.right("TID", in: Self.numberWidth)
            }
            let name = view == .thread ? "Thread" : "Group"
            text += "  " + (hasTimes ? DisplayWidth.left(name, in: Self.ownerWidth) : name)
            if hasTimes { text += "  Busiest with" }
        }
        return text
    }

    /// One row.
    func text(of row: TopTable.Row, in table: TopTable) -> String {
        var text = percent(row.periodOwn, of: table.periodNanoseconds)
        if view == .function {
            text += percent(row.periodTotal, of: table.periodNanoseconds)
            if hasTimes { text += seconds(row.own) + seconds(row.total) }
            return text + "  " + name(row.key, in: rest(after: text))
        }
        if hasTimes { text += seconds(row.own) }
        if view == .thread, case .owner(let owner) = row.key {
            text += number(owner.process?.rawValue) + number(owner.thread?.rawValue)
        }
        guard hasTimes, let busiest = row.busiest else {
            return text + "  " + name(row.key, in: rest(after: text))
        }
        text += "  " + DisplayWidth.left(name(row.key, in: Self.ownerWidth), in: Self.ownerWidth)
        return text + "  " + Self.name(busiest, in: rest(after: text))
    }

    private func share(_ title: String, _ order: TopOrder) -> String {
        DisplayWidth.right(marked(title, order), in: Self.shareWidth)
    }

    private func time(_ title: String, _ order: TopOrder) -> String {
        DisplayWidth.right(marked(title, order), in: Self.timeWidth)
    }

    private func marked(_ title: String, _ order: TopOrder) -> String {
        isSorted(by: order) ? "*" + title : title
    }

    /// Where own and total are the same, there is one column for both.
    private func isSorted(by column: TopOrder) -> Bool {
        guard view != .function else { return order == column }
        return switch order {
        case .ownShare, .totalShare: column == .ownShare
        case .ownTime, .totalTime: column == .ownTime
        }
    }

    private func percent(_ part: UInt64, of whole: UInt64) -> String {
        DisplayWidth.right(FixedDecimal.percent(part, of: whole) + "%", in: Self.shareWidth)
    }

    private func seconds(_ nanoseconds: UInt64) -> String {
        DisplayWidth.right(FixedDecimal.seconds(nanoseconds), in: Self.timeWidth)
    }

    private func number(_ number: Int32?) -> String {
        DisplayWidth.right(number.map(String.init) ?? "-", in: Self.numberWidth)
    }

    private func rest(after text: String) -> Int {
        width == .max ? .max : max(0, width - DisplayWidth.columns(of: text) - 2)
    }

    private func name(_ key: TopTable.Key, in width: Int) -> String {
        switch key {
        case .function(let name): Self.name(name, in: width)
        case .owner(let owner):
            DisplayWidth.cut(
                owner.name.isEmpty
                    ? "[unknown]" : VisibleText(replacingControlsIn: owner.name).description,
                to: width
            )
        }
    }

    /// A function and its object; of a name that is too long, the object stays if there is room.
    private static func name(_ name: FrameTable.Row, in width: Int) -> String {
        let function = VisibleText(replacingControlsIn: name.function).description
        guard !name.object.isEmpty else { return DisplayWidth.cut(function, to: width) }
        let object = " (\(VisibleText(replacingControlsIn: name.object)))"
        let needed = DisplayWidth.columns(of: object)
        guard needed <= width / 2 else { return DisplayWidth.cut(function + object, to: width) }
        return DisplayWidth.cut(function, to: width - needed) + object
    }
}
