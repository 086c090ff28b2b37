// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler

/// What the sampler counted of itself.
enum SamplerMetrics {
    static func families(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let tracer = snapshot.tracer ?? TracerStatus()
        return visits(of: tracer) + withheld(of: tracer.counters) + state(of: tracer)
            + code(of: snapshot) + sampling(of: snapshot)
    }

    private static func visits(of tracer: TracerStatus) -> [MetricFamily] {
        let counters = tracer.counters
        return [
            .histogram(
                "ptarmigan_target_pause_seconds",
                unit: .seconds,
                help: "How long one thread was held for one sample.",
                samples: [.init(HistogramValue(tracer.pauses))]
            ),
            .counter(
                "ptarmigan_ticks",
                help: "Sampling points that were used.",
                value: MetricValue(counters.ticks)
            ),
            .counts(
                "ptarmigan_ticks_missed",
                help: "Sampling points or visits that were left out.",
                counters.missedTicks
            ),
            .counts(
                "ptarmigan_samples_dropped",
                help: "Visits that came to nothing.",
                counters.droppedSamples
            ),
            .counter(
                "ptarmigan_attach_attempts",
                help: "Attempts to attach to a thread.",
                value: MetricValue(counters.attachAttempts)
            ),
            .counts(
                "ptarmigan_attach_failures",
                help: "Attempts that the kernel refused.",
                counters.attachFailures
            ),
            .counts(
                "ptarmigan_call_repairs",
                help: "System calls that a stop interrupted, by what became of them.",
                counters.repairs,
                label: "outcome"
            ),
        ]
    }

    private static func withheld(of counters: SamplerCounters) -> [MetricFamily] {
        [
            .counts(
                "ptarmigan_short_transfers",
                help:
                    "Transfers that were found cut short at a stop; the thread is then left alone.",
                counters.shortTransfers,
                label: "kind"
            ),
            .counts(
                "ptarmigan_visits_withheld",
                help: "Visits that were not made for the target's sake.",
                counters.withheld
            ),
            .counts(
                "ptarmigan_parked",
                help: "Threads that could not be let go within their visit.",
                counters.parked
            ),
            .counts(
                "ptarmigan_verifications",
                help: "What a look after a visit found.",
                counters.verifications,
                label: "result"
            ),
        ]
    }

    private static func state(of tracer: TracerStatus) -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_targets_stuck",
                help: "Threads that have been held or owed a detach for over a second; must be 0.",
                value: MetricValue(tracer.stuckThreads)
            ),
            .gauge(
                "ptarmigan_parked_threads",
                help: "Threads that are owed a detach now.",
                value: MetricValue(tracer.parkedThreads)
            ),
            .counter(
                "ptarmigan_late_releases",
                help: "Parked threads that were let go.",
                value: MetricValue(tracer.lateReleases)
            ),
            .counter(
                "ptarmigan_seize_rescues",
                help: "Exits reaped by the watcher to free an attach that an exec held up.",
                value: MetricValue(tracer.seizeRescues)
            ),
            .counter(
                "ptarmigan_overlong_pauses",
                help: "Visits longer than the limit of one.",
                value: MetricValue(tracer.overlongPauses)
            ),
            .counter(
                "ptarmigan_descriptor_evictions",
                help: "Files of /proc that were closed to make room for others.",
                value: MetricValue(tracer.descriptors.evictions)
            ),
        ]
    }

    private static func code(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let stacks = snapshot.stacks
        return [
            .counter(
                "ptarmigan_symbol_lookups",
                help: "Addresses that were looked up.",
                value: MetricValue(snapshot.names.lookups)
            ),
            .counter(
                "ptarmigan_symbol_failures",
                help: "Addresses that got no function, by reason.",
                samples: snapshot.names.failures.sorted { $0.key < $1.key }.map {
                    .init(MetricValue($0.value), labels: [Label("reason", sanitising: $0.key)])
                }
            ),
            .gauge(
                "ptarmigan_symbol_cache_bytes",
                unit: .bytes,
                help: "Memory that symbols and unwind tables take.",
                value: MetricValue(snapshot.codeBytes)
            ),
            .counter(
                "ptarmigan_unwind_stacks",
                help: "Stacks that were unwound.",
                value: MetricValue(stacks.total)
            ),
            .counter(
                "ptarmigan_unwind_failures",
                help: "Of them, those that were not followed to their end, by reason.",
                samples: stacks.truncated.samples(label: "reason") { MetricValue($0) }
                    + stacks.broken.samples(label: "reason") { MetricValue($0) }
            ),
        ]
    }

    private static func sampling(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        guard let tracer = snapshot.tracer else { return [] }
        var families: [MetricFamily] = [
            .gauge(
                "ptarmigan_sampling_frequency_hertz",
                unit: .hertz,
                help: "The rate in force.",
                value: MetricValue(tracer.rate.hertz)
            ),
            .gauge(
                "ptarmigan_paused",
                help: "Whether an operator has stopped all visits.",
                value: MetricValue(tracer.isPaused ? 1 : 0)
            ),
        ]
        if let last = tracer.lastSampleAt {
            let age = Double(MonotonicInstant.now().nanoseconds(since: last)) / 1e9
            families.append(
                .gauge(
                    "ptarmigan_last_sample_timestamp_seconds",
                    unit: .seconds,
                    help: "When the latest sample was taken.",
                    value: MetricValue(WallClock.seconds - age)
                )
            )
        }
        return families
    }
}

/// The time of day.
enum WallClock {
    /// Seconds since the epoch (clock_gettime(2), CLOCK_REALTIME).
    static var seconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
