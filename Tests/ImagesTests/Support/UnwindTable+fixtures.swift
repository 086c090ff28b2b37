// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Images

extension UnwindTable {
    /// The table of a written section.
    convenience init(_ writer: FrameWriter, limits: UnwindLimits = .standard) {
        let isEH = writer.kind == .ehFrame
        self.init(
            UnwindSections(
                ehFrame: isEH ? writer.section : nil,
                debugFrame: isEH ? nil : writer.section
            ),
            limits: limits
        )
    }
}

extension StackFixture {
    /// One step of a table over this stack.
    func step(
        _ table: UnwindTable,
        at address: UInt64,
        _ registers: inout RegisterFile,
        isInnermost: Bool = true
    ) -> UnwindStep {
        with {
            table.step(
                at: ImageAddress(address),
                registers: &registers,
                stack: $0,
                isInnermost: isInnermost
            )
        }
    }
}
