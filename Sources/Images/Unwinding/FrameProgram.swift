// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Runs the instructions of one function, row by row (DWARF 5, section 6.4.2).
///
/// All rows of a function come from one pass: to run its instructions again for each address would
/// take a time that grows with the square of their number.
struct FrameProgram {
    /// What `next` found.
    enum Step: Equatable {
        /// `row` holds at these addresses.
        case row(Range<UInt64>)
        /// There are no further rows.
        case end
        /// The instructions from this address on contradict the format, or exceed a limit.
        case malformed(from: UInt64)
    }

    /// The deepest that rows are remembered; compilers nest none.
    static let rememberLimit = 16

    /// The rules of the step that `next` returned last.
    var row: FrameRow { execution.row }
    /// How many instructions were run; malformed ones count.
    var instructionCount: Int { execution.instructionCount }
    /// Whether the rows end early, since the limit of instructions was reached.
    var isCut: Bool { execution.isCut }

    private var execution: FrameExecution
    private let isMalformed: Bool
    private var location: UInt64
    private let end: UInt64

    /// Begins a function.
    ///
    /// - Parameter instructionLimit: The most instructions that all rows together may take.
    init(
        _ section: FrameSection,
        _ function: FunctionEntry,
        after initial: InitialRow,
        instructionLimit: Int
    ) {
        execution = FrameExecution(
            section,
            instructions: function.instructions,
            common: initial.common,
            initial: initial.row,
            instructionLimit: instructionLimit
        )
        isMalformed = initial.isMalformed
        location = function.addresses.lowerBound
        end = function.addresses.upperBound
    }

    /// Goes on to the next row.
    mutating func next() -> Step {
        let start = location
        guard start < end else { return .end }
        if isMalformed {
            location = end
            return .malformed(from: start)
        }
        while true {
            switch execution.step(at: start) {
            case .rules: continue
            case .malformed:
                location = end
                return .malformed(from: start)
            case .end:
                location = end
                return .row(start..<end)
            case .location(let address):
                guard address >= start else {
                    location = end
                    return .malformed(from: start)
                }
                if address == start { continue }
                location = min(address, end)
                return .row(start..<location)
            }
        }
    }
}

/// The row that the instructions of a CIE leave for its functions to begin with.
struct InitialRow {
    let common: CommonEntry
    let row: FrameRow
    let isMalformed: Bool
    let instructionCount: Int

    /// Compilers write two or three; hand-written code names each register once.
    private static let instructionLimit = 256

    /// Runs the instructions of a CIE.
    init(_ section: FrameSection, _ common: CommonEntry) {
        self.common = common
        var execution = FrameExecution(
            section,
            instructions: common.instructions,
            common: common,
            initial: FrameRow(),
            instructionLimit: Self.instructionLimit
        )
        var isMalformed = false
        loop: while true {
            switch execution.step(at: 0) {
            case .rules: continue
            case .end: break loop
            // A CIE is about no place in particular.
            case .location, .malformed:
                isMalformed = true
                break loop
            }
        }
        row = execution.row
        self.isMalformed = isMalformed
        instructionCount = execution.instructionCount
    }
}
