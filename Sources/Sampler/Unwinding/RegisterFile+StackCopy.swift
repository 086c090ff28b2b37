// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Images
internal import Profiles

extension RegisterFile {
    /// What is known of the registers that go with a copy of a stack.
    package init(_ registers: StackCopy.Registers) {
        switch registers {
        case .all(let set): self.init(set)
        case .pointers(let stack, let program):
            self.init()
            self[Number.stackPointer] = stack.rawValue
            programCounter = program.rawValue
        }
    }
}
