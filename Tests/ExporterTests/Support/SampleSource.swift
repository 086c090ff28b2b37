// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Synchronization

/// A source of profiles that were made by hand; it keeps what it was asked.
final class SampleSource: Sendable {
    static let groups = [
        ProfiledGroup(name: "busy.service", processCount: 2, nanoseconds: 10_600_000_000),
        ProfiledGroup(name: "a&b <c>", processCount: 1, nanoseconds: 2_000_000_000),
        // Such a name cannot be asked for.
        ProfiledGroup(name: "it's", processCount: 1, nanoseconds: 1),
    ]

    private let groups: [ProfiledGroup]
    private let oldest: UInt64?
    private let answer: @Sendable (ProfileRequest) async -> ProfileAnswer
    private let requests = Mutex<[ProfileRequest]>([])

    init(
        groups: [ProfiledGroup] = SampleSource.groups,
        oldest: UInt64? = nil,
        answer: @escaping @Sendable (ProfileRequest) async -> ProfileAnswer = {
            .profile($0.kind == .cpu ? SampleProfiles.busy : SampleProfiles.wall)
        }
    ) {
        self.groups = groups
        self.oldest = oldest
        self.answer = answer
    }

    /// What it was asked so far.
    var asked: [ProfileRequest] { requests.withLock { $0 } }

    var source: ProfileSource {
        ProfileSource(
            groups: { self.groups },
            profile: { request in
                self.requests.withLock { $0.append(request) }
                return await self.answer(request)
            },
            oldest: { self.oldest },
            targets: {
                TargetTable(
                    tier: 1,
                    tierMeaning: "all",
                    rows: [
                        .init(standing: .excluded, name: "<sshd>", reason: "no", processCount: 1)
                    ]
                )
            }
        )
    }

    /// A source whose profiles never come: each request waits until it is cancelled.
    ///
    /// - Parameters:
    ///   - begun: is passed when a request begins to wait.
    ///   - ended: is passed when one has been cancelled.
    static func waiting(begun: Gate, ended: Gate = Gate(isOpen: true)) -> SampleSource {
        SampleSource { _ in
            await begun.pass()
            await waitForCancellation()
            await ended.pass()
            return .unavailable(reason: "cancelled")
        }
    }
}

/// Returns when the task is cancelled.
func waitForCancellation() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    await withTaskCancellationHandler {
        for await _ in stream {}
    } onCancel: {
        continuation.finish()
    }
}
