// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ExcludedNamesTests {
    @Test(arguments: [
        ("sshd", true), ("sshd-session", true), ("ssh-agent", true), ("systemd", true),
        ("systemd-journal", true), ("containerd-shim", true), ("(sd-pam)", true), ("su", true),
        ("nginx", false), ("sudoku", false), ("ssh", false), ("SSHD", false), ("", false),
    ])
    func theStandardList(command: String, isExcluded: Bool) {
        #expect(ExcludedNames.standard.contains(command) == isExcluded)
    }

    @Test func longNamesCountAsTheKernelKeepsThem() {
        let names: ExcludedNames = ["containerd-shim-runc-v2", "gnome-keyring-daemon*"]
        #expect(names.contains("containerd-shim"))
        #expect(names.contains("gnome-keyring-d"))
        #expect(!names.contains("containerd"))
    }

    @Test func theListCanBeReplaced() {
        let names = ExcludedNames(["postgres", "redis-*"])
        #expect(names.contains("postgres"))
        #expect(names.contains("redis-server"))
        #expect(!names.contains("sshd"))
        #expect(!ExcludedNames([]).contains("sshd"))
    }
}
