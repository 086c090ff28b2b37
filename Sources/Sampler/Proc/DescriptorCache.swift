// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Profiles
package import SystemPackage

/// The files of a thread that are read at each look.
package enum KeptFile: UInt64, Sendable, CaseIterable {
    case syscall
    case schedstat
    case stat
    case status

    var name: ProcName {
        switch self {
        case .syscall: .syscall
        case .schedstat: .schedstat
        case .stat: .stat
        case .status: .status
        }
    }
}

/// Open descriptors of threads' files, kept from look to look under a limit.
///
/// To read a kept file costs about a fifth of opening it. A read of a kept file is O(1) and
/// allocates nothing; when the limit is reached, the file read longest ago is closed.
///
/// A kept descriptor belongs to the thread it was opened for: it answers `ESRCH` for ever once
/// that thread is gone, even if its number is in use again. All of the thread's files are then
/// closed.
package struct DescriptorCache: ~Copyable {
    /// What the cache did since it was made.
    package struct Counters: Hashable, Sendable {
        /// Reads of a file that was open.
        package fileprivate(set) var hits: UInt64 = 0
        /// Files opened.
        package fileprivate(set) var opens: UInt64 = 0
        /// Files closed to make room, at the limit or because no descriptor was free.
        package fileprivate(set) var evictions: UInt64 = 0
        /// Opens and reads that failed, for whatever reason.
        package fileprivate(set) var failures: UInt64 = 0
    }

    package let root: ProcRoot
    package private(set) var counters = Counters()

    /// The most descriptors kept; it falls when the process turns out to have fewer to give.
    package private(set) var capacity: Int

    private var order = RecencyList()
    private var slots: [UInt64: Int32] = [:]
    private var descriptors: [Int32] = []
    private var keys: [UInt64] = []

    /// A cache of at most `capacity` descriptors, at least one.
    package init(root: ProcRoot = ProcRoot(), capacity: Int) {
        self.root = root
        self.capacity = max(capacity, 1)
    }

    deinit {
        for slot in slots.values { close(descriptors[Int(slot)]) }
    }

    /// How many descriptors are open.
    package var count: Int { slots.count }

    /// Reads a file of a thread, opening it first if it is not kept.
    ///
    /// Errors are those of open(2) and read(2); `ESRCH` says that the thread is gone, `ENOENT`
    /// that it is gone or that the kernel has no such file.
    package mutating func read(
        _ file: KeptFile,
        of thread: ThreadID,
        in process: ProcessID,
        into buffer: inout ReadBuffer
    ) throws(Errno) {
        let key = Self.key(file, thread)
        do throws(Errno) {
            if let slot = slots[key] {
                order.moveToFront(slot)
                try buffer.readOnce(from: descriptors[Int(slot)])
                counters.hits &+= 1
                return
            }
            let descriptor = try open(.thread(thread, in: process, file.name))
            keep(descriptor, key)
            try buffer.readOnce(from: descriptor)
        } catch {
            counters.failures &+= 1
            if error == .noSuchProcess {
                forget(thread)
            } else if let slot = slots[key] {
                // Rights may come back (the program may exec), and a new open finds out.
                remove(slot)
            }
            throw error
        }
    }

    /// The kept descriptor of a thread's file, for a read at a moment when nothing may be opened.
    ///
    /// - Returns: -1 if it is not kept. It stays open until the next `read` or `forget`.
    package func descriptor(_ file: KeptFile, of thread: ThreadID) -> Int32 {
        slots[Self.key(file, thread)].map { descriptors[Int($0)] } ?? -1
    }

    /// Closes the files of a thread that will not be looked at again.
    package mutating func forget(_ thread: ThreadID) {
        for file in KeptFile.allCases {
            if let slot = slots[Self.key(file, thread)] { remove(slot) }
        }
    }

    private static func key(_ file: KeptFile, _ thread: ThreadID) -> UInt64 {
        UInt64(UInt32(bitPattern: thread.rawValue)) << 2 | file.rawValue
    }

    private mutating func open(_ path: ProcPath) throws(Errno) -> Int32 {
        if slots.count >= capacity { evict() }
        do throws(Errno) {
            return try opened(path)
        } catch {
            let isExhausted = error == .tooManyOpenFiles || error == .tooManyOpenFilesInSystem
            guard isExhausted, !slots.isEmpty else { throw error }
            // Others took descriptors: live with one fewer from now on.
            evict()
            capacity = max(slots.count, 1)
            return try opened(path)
        }
    }

    private mutating func opened(_ path: ProcPath) throws(Errno) -> Int32 {
        let descriptor = try ProcFile.descriptor(of: path, in: root)
        counters.opens &+= 1
        return descriptor
    }

    private mutating func keep(_ descriptor: Int32, _ key: UInt64) {
        let slot = order.insertAtFront()
        if Int(slot) == descriptors.count {
            descriptors.append(descriptor)
            keys.append(key)
        } else {
            descriptors[Int(slot)] = descriptor
            keys[Int(slot)] = key
        }
        slots[key] = slot
    }

    private mutating func evict() {
        guard let slot = order.last else { return }
        remove(slot)
        counters.evictions &+= 1
    }

    private mutating func remove(_ slot: Int32) {
        close(descriptors[Int(slot)])
        slots[keys[Int(slot)]] = nil
        order.remove(slot)
    }
}
