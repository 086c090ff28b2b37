// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why profiles cannot be added up.
package enum ProfileMergeFailure: Error, Hashable, Sendable {
    /// There is none.
    case nothing
    /// Time on a CPU and time by the clock on the wall.
    case kinds
    /// Some have times, and others counts alone.
    case clocks
}

extension Profile {
    /// One profile with the stacks of all, equal ones added up.
    ///
    /// It begins when the first one does, and lasts as long as all of them together. Files of
    /// different builds stay different mappings.
    package static func merged(
        _ profiles: [Profile]
    ) throws(ProfileMergeFailure) -> Profile {
        guard let first = profiles.first else { throw .nothing }
        guard profiles.count > 1 else { return first }
        guard profiles.allSatisfy({ $0.kind == first.kind }) else { throw .kinds }
        guard profiles.allSatisfy({ $0.hasClock == first.hasClock }) else { throw .clocks }
        var builder = ProfileBuilder(
            kind: first.kind,
            // Zero is a time that is not known.
            startNanoseconds: profiles.map(\.startNanoseconds).filter { $0 > 0 }.min() ?? 0,
            periodNanoseconds: profiles.map(\.periodNanoseconds).max() ?? 0,
            target: title(of: profiles)
        )
        for profile in profiles {
            builder.durationNanoseconds &+= profile.durationNanoseconds
            builder.add(profile)
        }
        return builder.build()
    }

    /// The targets, each once; of many the first.
    private static func title(of profiles: [Profile]) -> String {
        var seen: Set<String> = []
        let targets = profiles.map(\.target).filter { seen.insert($0).inserted }
        let shown = targets.prefix(3).joined(separator: ", ")
        return targets.count > 3 ? "\(shown) and \(targets.count - 3) more" : shown
    }
}

extension ProfileBuilder {
    /// Adds the stacks of a profile, with this builder's own indices.
    ///
    /// - Parameter labels: gives the labels that a stack is to have here; nil leaves it out.
    mutating func add(
        _ profile: Profile,
        labels: (ProfileSample.Labels) -> ProfileSample.Labels? = { $0 }
    ) {
        let mappings = profile.mappings.map { index(of: $0) }
        let functions = profile.functions.map { index(of: $0) }
        var locations: [Int] = []
        locations.reserveCapacity(profile.locations.count)
        for location in profile.locations {
            let moved = ProfileLocation(
                mapping: location.mapping.map { mappings[$0] },
                address: location.address,
                lines: location.lines.map { line in
                    ProfileLocation.Line(function: functions[line.function], line: line.line)
                }
            )
            locations.append(index(of: moved))
        }
        for sample in profile.samples {
            guard let labels = labels(sample.labels) else { continue }
            add(
                stack: sample.stack.map { locations[$0] },
                count: sample.count,
                nanoseconds: sample.nanoseconds,
                end: sample.end,
                labels: labels
            )
        }
    }
}
