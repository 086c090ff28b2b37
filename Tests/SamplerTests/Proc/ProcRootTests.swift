// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct ProcRootTests {
    private func text(_ path: ProcPath, in root: ProcRoot = ProcRoot()) -> String {
        root.withPath(path) { String(cString: $0) }
    }

    @Test func buildsPaths() {
        #expect(text(.process(ProcessID(1), .stat)) == "/proc/1/stat")
        #expect(text(.process(ProcessID(1_048_576), .directory)) == "/proc/1048576")
        #expect(
            text(.thread(ThreadID(815), in: ProcessID(810), .syscall))
                == "/proc/810/task/815/syscall"
        )
        #expect(text(.root) == "/proc")
        #expect(text(.yamaScope) == "/proc/sys/kernel/yama/ptrace_scope")
    }

    @Test func longestNumbersFit() {
        let root = ProcRoot("/host/proc")
        let last = ProcessID(.max)
        let path = text(.thread(ThreadID(.min), in: last, .schedstat), in: root)
        #expect(path == "/host/proc/2147483647/task/-2147483648/schedstat")
        #expect(text(.process(ProcessID(0), .maps), in: root) == "/host/proc/0/maps")
    }
}
