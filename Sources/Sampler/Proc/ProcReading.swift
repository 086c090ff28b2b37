// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import SystemPackage

/// What became of reading one file of a process or thread.
package enum ProcReading<Value> {
    /// The file was read and understood.
    case value(Value)

    /// The process or thread is gone, or the kernel has no such file.
    case gone

    /// The file is there and the agent may not read it.
    case notPermitted

    /// The file was read, and its bytes are not as proc(5) describes them.
    case unreadable

    /// Any other error of the open or read.
    case failed(Errno)

    /// Sorts an error of open(2) or read(2) on a proc file.
    init(_ error: Errno) {
        switch error {
        case .noSuchFileOrDirectory, .noSuchProcess: self = .gone
        case .permissionDenied, .notPermitted: self = .notPermitted
        default: self = .failed(error)
        }
    }

    /// The value, if there is one.
    package var value: Value? {
        if case .value(let value) = self { return value }
        return nil
    }
}

extension ProcReading: Sendable where Value: Sendable {}
extension ProcReading: Equatable where Value: Equatable {}
