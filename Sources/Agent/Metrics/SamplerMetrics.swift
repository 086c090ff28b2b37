// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Images
import Profiles
import Sampler

/// What the sampler counted of itself.
enum SamplerMetrics {
    static func families(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let tracer = snapshot.tracer ?? TracerStatus()
        return visits(of: tracer) + withheld(of: tracer.counters) + state(of: tracer)
            + symbols(of: snapshot) + sampling(of: snapshot)
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
            byReason(
                "ptarmigan_ticks_missed",
                "Sampling points or visits that were left out.",
                counters.missedTicks
            ),
            byReason(
                "ptarmigan_samples_dropped",
                "Visits that came to nothing.",
                counters.droppedSamples
            ),
            .counter(
                "ptarmigan_attach_attempts",
                help: "Attempts to attach to a thread.",
                value: MetricValue(counters.attachAttempts)
            ),
            byReason(
                "ptarmigan_attach_failures",
                "Attempts that the kernel refused.",
                counters.attachFailures
            ),
            byReason(
                "ptarmigan_call_repairs",
                "System calls that a stop interrupted, by what became of them.",
                counters.repairs,
                label: "outcome"
            ),
        ]
    }

    private static func withheld(of counters: SamplerCounters) -> [MetricFamily] {
        [
            byReason(
                "ptarmigan_short_transfers",
                "Transfers that were found cut short at a stop; the thread is then left alone.",
                counters.shortTransfers,
                label: "kind"
            ),
            byReason(
                "ptarmigan_visits_withheld",
                "Visits that were not made for the target's sake.",
                counters.withheld
            ),
            byReason(
                "ptarmigan_parked",
                "Threads that could not be let go within their visit.",
                counters.parked
            ),
            byReason(
                "ptarmigan_verifications",
                "What a look after a visit found.",
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

    private static func symbols(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_symbol_lookups",
                help: "Addresses that were looked up.",
                value: MetricValue(snapshot.locator.lookups)
            ),
            .counter(
                "ptarmigan_symbol_failures",
                help: "Addresses that got no function, by reason.",
                samples: snapshot.locator.failures.sorted { $0.key < $1.key }.map {
                    .init(
                        MetricValue($0.value),
                        labels: [Label("reason", LabelValue(sanitising: $0.key))]
                    )
                }
            ),
            .gauge(
                "ptarmigan_symbol_cache_bytes",
                unit: .bytes,
                help: "Memory that symbols take.",
                value: MetricValue(snapshot.images?.bytes ?? 0)
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

    private static func byReason<Reason>(
        _ name: StaticString,
        _ help: StaticString,
        _ counts: ReasonCounts<Reason>,
        label: StaticString = "reason"
    ) -> MetricFamily {
        .counter(
            name,
            help: help,
            samples: counts.entries.map { reason, count in
                .init(
                    MetricValue(count),
                    labels: [Label(label, LabelValue(sanitising: reason.rawValue))]
                )
            }
        )
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
