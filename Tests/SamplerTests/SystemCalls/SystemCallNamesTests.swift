// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Sampler

@Suite struct SystemCallNamesTests {
    #if arch(x86_64)
    private static let header = "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"
    private static let header32 = "/usr/include/x86_64-linux-gnu/asm/unistd_32.h"

    @Test(arguments: [
        (0, "read"), (59, "execve"), (166, "umount2"), (262, "newfstatat"), (334, "rseq"),
        (335, "uretprobe"), (424, "pidfd_send_signal"), (435, "clone3"), (447, "memfd_secret"),
        (462, "mseal"),
    ])
    func namesNativeCalls(number: Int32, name: String) {
        #expect(SystemCallNames.byNumber[number]?.description == name)
        #expect(SystemCallNames.numbers[name] == number)
    }

    @Test(arguments: [
        (0, "restart_syscall"), (3, "read"), (7, "waitpid"), (11, "execve"), (102, "socketcall"),
        (192, "mmap2"), (300, "fstatat64"), (414, "ppoll_time64"), (435, "clone3"),
    ])
    func names32BitCalls(number: Int32, name: String) {
        #expect(SystemCallNames.byNumber32[number]?.description == name)
        #expect(SystemCallNames.numbers32[name] == number)
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: header), "no linux-libc-dev here"),
        arguments: [
            (header, SystemCallNames.byNumber, 300), (header32, SystemCallNames.byNumber32, 380),
        ]
    )
    func agreesWithTheHeader(path: String, table: [Int32: StaticString], atLeast: Int) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var compared = 0
        for line in text.split(separator: "\n") where line.hasPrefix("#define __NR_") {
            let words = line.split(separator: " ")
            // Older and newer headers have fewer and more; but no number changes its name.
            guard words.count == 3, let number = Int32(words[2]), let name = table[number] else {
                continue
            }
            #expect("__NR_\(name)" == words[1], "\(path): \(line)")
            compared += 1
        }
        #expect(compared >= atLeast)
    }
    #elseif arch(arm64)
    @Test(arguments: [
        (25, "fcntl"), (43, "statfs"), (62, "lseek"), (63, "read"), (79, "newfstatat"),
        (80, "fstat"), (221, "execve"), (222, "mmap"), (223, "fadvise64"), (435, "clone3"),
        (447, "memfd_secret"), (462, "mseal"),
    ])
    func namesNativeCalls(number: Int32, name: String) {
        #expect(SystemCallNames.byNumber[number]?.description == name)
        #expect(SystemCallNames.numbers[name] == number)
    }

    @Test func tellsNo32BitCallsApart() {
        #expect(SystemCallNames.byNumber32.isEmpty && SystemCallNames.numbers32.isEmpty)
    }
    #endif

    @Test(arguments: [SystemCallNames.byNumber, SystemCallNames.byNumber32])
    func hasEachNameOnce(table: [Int32: StaticString]) {
        #expect(Set(table.values.map(\.description)).count == table.count)
    }
}
