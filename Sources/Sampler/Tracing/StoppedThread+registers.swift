// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension StoppedThread {
    /// Reads the general registers; false if the thread was killed meanwhile.
    borrowing func readRegisters(into registers: inout RegisterSet) -> Bool {
        (try? Ptrace.readRegisters(of: thread, into: &registers)) != nil
    }
}
