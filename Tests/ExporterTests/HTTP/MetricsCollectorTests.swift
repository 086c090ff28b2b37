// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Exporter

@Suite("MetricsCollector")
struct MetricsCollectorTests {
    private func names(_ result: MetricsCollector.Result) -> (String, [String]) {
        switch result {
        case .fresh(let gathering): ("fresh", names(gathering))
        case .repeated(let gathering): ("repeated", names(gathering))
        case .unavailable: ("unavailable", [])
        }
    }

    private func names(_ gathering: MetricsCollector.Gathering) -> [String] {
        gathering.families.map(\.name.description)
    }

    @Test("gathers each source in its order, and says which of them could not give all")
    func runs() async throws {
        let collector = MetricsCollector(sources: [
            MetricsSource("groups") { .init(Web.families) },
            MetricsSource("process") { .init([], isComplete: false) },
        ])
        guard case .fresh(let gathering) = await collector.collect(within: .seconds(3600)) else {
            Issue.record("nothing was gathered")
            return
        }
        #expect(gathering.runs.map(\.name.description) == ["groups", "process"])
        #expect(gathering.runs.map(\.isSuccess) == [true, false])
        #expect(gathering.runs.allSatisfy { $0.seconds >= 0 })
    }

    @Test("gives the last metrics again when new ones take too long, then new ones")
    func late() async {
        let gate = Gate(isOpen: false)
        let collector = MetricsCollector(sources: [
            MetricsSource("groups") {
                await gate.pass()
                return .init(Web.families)
            }
        ])
        #expect(names(await collector.collect(within: .zero)) == ("unavailable", []))
        await gate.open()
        // An hour: the end of the gathering, not the time, ends this wait.
        #expect(
            names(await collector.collect(within: .seconds(3600)))
                == ("fresh", ["ptarmigan_groups"])
        )
        await gate.close()
        #expect(
            names(await collector.collect(within: .milliseconds(1)))
                == ("repeated", ["ptarmigan_groups"])
        )
        await gate.open()
        #expect(
            names(await collector.collect(within: .seconds(3600)))
                == ("fresh", ["ptarmigan_groups"])
        )
    }

    @Test("gathers once for scrapes that come together")
    func shared() async {
        let gate = Gate(isOpen: false)
        let runs = Counter()
        let collector = MetricsCollector(sources: [
            MetricsSource("groups") {
                runs.increment()
                await gate.pass()
                return .init(Web.families)
            }
        ])
        await withTaskGroup(of: Void.self) { group in
            // The first of them begins to gather, and it cannot end before the gate opens.
            for _ in 0..<10 {
                group.addTask { _ = await collector.collect(within: .zero) }
            }
            await group.waitForAll()
        }
        await gate.waitForArrivals(1)
        #expect(runs.value == 1)
        await gate.open()
    }
}

/// A number that several tasks count up.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}
