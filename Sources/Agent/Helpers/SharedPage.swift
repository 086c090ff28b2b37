// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import SystemPackage

/// A file of one page that the agent shares with a helper process; it lives for the agent's life.
struct SharedPage: Sendable {
    let descriptor: Int32

    /// Makes a page: in the runtime directory, where `ptarmigan release` finds it after a crash, or
    /// else in memory (memfd_create(2)).
    static func make(
        in runtime: RuntimeDirectory?,
        name: String = "in-hand"
    ) throws(Errno)
        -> SharedPage
    {
        let descriptor =
            runtime?.createPage(name) ?? cptrace_create_memory_file("ptarmigan-" + name)
        guard descriptor >= 0, ftruncate(descriptor, 4_096) == 0 else {
            throw Errno(rawValue: errno)
        }
        return SharedPage(descriptor: descriptor)
    }
}
