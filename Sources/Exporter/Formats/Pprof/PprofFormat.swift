// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
import SwiftProtobuf

/// The message that pprof, Parca and Pyroscope read, compressed with gzip.
package enum PprofFormat {
    /// What a sample can be told apart by; of samples that are equal then, the values are added up.
    package enum Label: String, Sendable, CaseIterable {
        case group
        case process = "pid"
        case systemCall = "system_call"
        case threadName = "thread_name"
        case thread = "tid"
    }

    /// What readers accept: Pyroscope refuses more samples and deeper stacks.
    package struct Limits: Sendable {
        package var samples = 16_000
        package var depth = 1_000

        package init() {}
    }

    /// Why there is no message.
    package enum Failure: Error, Equatable {
        /// It would not fit into what the format can count.
        case tooLarge
        /// zlib has no memory.
        case noMemory
    }

    /// The profile as a compressed message.
    ///
    /// Samples beyond the limit are added up under `[other]`. A stack beyond it keeps its leaf and
    /// has `[truncated: frame_limit]` as its root.
    package static func encode(
        _ profile: Profile,
        labels: Set<Label> = [.group],
        limits: Limits = Limits()
    ) throws(Failure) -> [UInt8] {
        let message = PprofMessage(profile, labels: labels, limits: limits).message
        let bytes: [UInt8]
        do {
            bytes = try message.serializedBytes()
        } catch {
            throw .tooLarge
        }
        guard let compressed = Gzip.compress(bytes, effort: .balanced) else { throw .noMemory }
        return compressed
    }
}
