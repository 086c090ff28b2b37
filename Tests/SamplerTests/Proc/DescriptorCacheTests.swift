// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite struct DescriptorCacheTests {
    private let process = ProcessID(12)

    private func tree(threads: ClosedRange<Int32>) throws -> FixtureTree {
        let tree = try FixtureTree()
        for thread in threads {
            try tree.write("12/task/\(thread)/schedstat", "\(thread) 0 1\n")
            try tree.write("12/task/\(thread)/stat", statLine(thread))
        }
        return tree
    }

    private func read(
        _ cache: inout DescriptorCache,
        _ thread: Int32,
        _ file: KeptFile = .schedstat
    ) throws -> String {
        var buffer = ReadBuffer()
        try cache.read(file, of: ThreadID(thread), in: process, into: &buffer)
        return buffer.withBytes { $0.text(0..<$0.count) }
    }

    @Test func keepsWhatItOpened() throws {
        let tree = try tree(threads: 1...2)
        var cache = DescriptorCache(root: tree.root, capacity: 8)
        for _ in 0..<3 {
            #expect(try read(&cache, 1) == "1 0 1\n")
            #expect(try read(&cache, 2) == "2 0 1\n")
            #expect(try read(&cache, 2, .stat) == statLine(2))
        }
        #expect(cache.counters.opens == 3)
        #expect(cache.counters.hits == 6)
        #expect(cache.counters.evictions == 0)
        #expect(cache.count == 3)
    }

    @Test func closesTheFileReadLongestAgo() throws {
        let tree = try tree(threads: 1...4)
        var cache = DescriptorCache(root: tree.root, capacity: 3)
        for thread in [1, 2, 3, 1, 4] as [Int32] { _ = try read(&cache, thread) }
        #expect(cache.count == 3)
        #expect(cache.counters.evictions == 1)
        let opens = cache.counters.opens
        for thread in [1, 3, 4] as [Int32] { _ = try read(&cache, thread) }
        #expect(cache.counters.opens == opens)
        _ = try read(&cache, 2)
        #expect(cache.counters.opens == opens + 1)
    }

    @Test func forgetsAThread() throws {
        let tree = try tree(threads: 1...2)
        var cache = DescriptorCache(root: tree.root, capacity: 8)
        _ = try read(&cache, 1)
        _ = try read(&cache, 1, .stat)
        _ = try read(&cache, 2)
        cache.forget(ThreadID(1))
        #expect(cache.count == 1)
        cache.forget(ThreadID(1))
        #expect(cache.count == 1)
    }

    @Test func countsFailures() throws {
        let tree = try tree(threads: 1...1)
        var cache = DescriptorCache(root: tree.root, capacity: 8)
        do {
            _ = try read(&cache, 9)
            Issue.record("read a file that is not there")
        } catch {
            #expect(error as? Errno == .noSuchFileOrDirectory)
        }
        #expect(cache.counters.failures == 1)
        #expect(cache.count == 0)
    }

    @Test func aKeptFileOfAThreadThatIsGoneSaysSo() throws {
        var child = try ProcChild(["cat"])
        let process = child.process
        let leader = child.leader
        var cache = DescriptorCache(capacity: 8)
        var buffer = ReadBuffer()
        for file in KeptFile.allCases {
            try cache.read(file, of: leader, in: process, into: &buffer)
        }
        #expect(cache.count == KeptFile.allCases.count)
        child.end()
        do throws(Errno) {
            try cache.read(.stat, of: leader, in: process, into: &buffer)
            Issue.record("read the file of a thread that is gone")
        } catch {
            #expect(error == .noSuchProcess)
        }
        #expect(cache.count == 0)
    }

    @Test func closesAllAtItsEnd() throws {
        let tree = try tree(threads: 1...40)
        func open() throws -> Int {
            var count = 0
            for descriptor in 0..<1024 as Range<Int32> {
                var path = [CChar](repeating: 0, count: 512)
                let length = readlink("/proc/self/fd/\(descriptor)", &path, 511)
                let target = path.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
                if String(decoding: target, as: UTF8.self).hasPrefix(tree.path) { count += 1 }
            }
            return count
        }
        do {
            var cache = DescriptorCache(root: tree.root, capacity: 30)
            for thread in 1...40 as ClosedRange<Int32> { _ = try read(&cache, thread) }
            #expect(try open() == 30)
            _ = consume cache
        }
        #expect(try open() == 0)
    }
}

/// Its own process each, since the limit is the whole process's.
@Suite struct DescriptorExhaustionTests {
    @Test func makesRoomWhenNoDescriptorIsFree() async {
        await #expect(processExitsWith: .success) {
            let tree = try FixtureTree()
            for thread in 1...30 {
                try tree.write("12/task/\(thread)/schedstat", "\(thread) 0 1\n")
            }
            // As many descriptors as are open now, and ten more.
            let next = dup(0)
            close(next)
            var limit = rlimit(rlim_cur: rlim_t(next + 10), rlim_max: rlim_t(next + 10))
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            var cache = DescriptorCache(root: tree.root, capacity: 1000)
            var buffer = ReadBuffer()
            for thread in 1...30 as ClosedRange<Int32> {
                try cache.read(
                    .schedstat,
                    of: ThreadID(thread),
                    in: ProcessID(12),
                    into: &buffer
                )
                #expect(buffer.withBytes { $0.text(0..<$0.count) } == "\(thread) 0 1\n")
            }
            #expect(cache.capacity < 11)
            #expect(cache.counters.evictions >= 20)
            #expect(cache.counters.failures == 0)
        }
    }
}
