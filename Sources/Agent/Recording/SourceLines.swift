// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import DebugInformation
import Glibc
import Profiles

/// Gives a finished profile its source lines and inlined functions.
///
/// libdw reads them, in a helper process: a file that makes it crash, or that keeps it busy, costs
/// the lines of the files that had no answer yet, and never the profile.
struct SourceLines: Sendable {
    /// How many files were asked of, and how it went, by outcome.
    struct Summary: Hashable, Sendable {
        var files = 0
        var outcomes: [String: Int] = [:]
    }

    /// How long the helper reads, and how long it is then waited for.
    static let readingTime = Duration.seconds(10)
    private static let patienceMilliseconds: Int32 = 12_000
    /// The most memory that the helper may have: debug files are mapped, and can be large.
    private static let memoryBytes: UInt64 = 8 << 30
    private static let processorSeconds: UInt64 = 12
    /// The longest answer that is taken, in bytes.
    private static let answerLimit = 512 << 20

    /// The proc file system.
    var procRoot = "/proc"
    /// Whether inlined functions become frames of their own.
    let inlines: Bool

    /// The profile with what could be found, and how that went.
    func add(to profile: Profile) -> (Profile, Summary) {
        var table = LineTable(profile) { "\(procRoot)/\($0)/root" }
        var summary = Summary(files: table.questions.count)
        guard summary.files > 0 else { return (profile, summary) }
        var isFinished: Set<Int> = []
        for answer in Self.ask(table.questions) {
            switch answer {
            case .places(let question, let places): table.add(places, to: question)
            case .finished(let question, let outcome):
                guard isFinished.insert(question).inserted else { continue }
                summary.outcomes[outcome, default: 0] += 1
            }
        }
        let rest = summary.files - isFinished.count
        if rest > 0 { summary.outcomes["unanswered"] = rest }
        return (table.fill(profile, inlines: inlines), summary)
    }

    /// Has the helper answer: both messages go through one file in memory.
    private static func ask(_ questions: [LineQuestion]) -> [LineAnswer] {
        let file = cptrace_create_memory_file("ptarmigan-lines")
        guard file >= 0 else { return [] }
        defer { close(file) }
        let message = LineQuestion.encode(questions)
        guard FileBytes.write(message, to: file),
            let helper = try? HelperProcess.start(verb: "lines", page: file)
        else { return [] }
        helper.waitForEnd(upToMilliseconds: patienceMilliseconds)
        kill(helper.process.rawValue, SIGKILL)
        helper.end()
        return LineAnswer.decode(
            FileBytes.read(file, from: message.count, upTo: answerLimit)[...]
        )
    }

    /// The helper's side.
    ///
    /// - Parameter file: holds the questions; the answers are written behind them.
    static func answer(through file: Int32) {
        let questions = LineQuestion.decode(FileBytes.read(file, from: 0, upTo: answerLimit))
        guard lseek(file, 0, SEEK_END) >= 0 else { return }
        let work = LineWork(
            library: DebugLibrary(),
            limit: WorkLimit(deadline: .now + readingTime)
        )
        work.answer(questions) { _ = FileBytes.write($0.encoded, to: file) }
    }

    /// Bounds what this process, the helper, may take.
    static func limitHelper() {
        limit(RLIMIT_AS, memoryBytes)
        limit(RLIMIT_CPU, processorSeconds)
        limit(RLIMIT_CORE, 0)
        // A crash is an answer here, and nobody is to be told of it.
        for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP] {
            signal(number, SIG_DFL)
        }
    }

    private static func limit(_ resource: __rlimit_resource, _ value: UInt64) {
        var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
}
