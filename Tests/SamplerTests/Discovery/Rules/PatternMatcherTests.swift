// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct PatternMatcherTests {
    @Test(arguments: [
        (pattern { _ in }, false),
        (pattern { $0.commands = ["a-long-program-name"] }, true),
        (pattern { $0.commands = ["a-long-program"] }, false),
        (pattern { $0.commands = ["x", "a-long-program-name"] }, true),
        (pattern { $0.executables = ["a-long-program-name"] }, true),
        (pattern { $0.executables = ["/opt/bin/a-long-program-name"] }, true),
        (pattern { $0.executables = ["/usr/bin/a-long-program-name"] }, false),
        (pattern { $0.commandLines = expressions("--config") }, true),
        (pattern { $0.commandLines = expressions("--config", "serve$") }, true),
        (pattern { $0.commandLines = expressions("--config", "stop$") }, false),
        (pattern { $0.controlGroups = expressions("^/user", "^/system") }, true),
        (pattern { $0.controlGroups = expressions("^/user") }, false),
        (pattern { $0.users = ["app"] }, true),
        (pattern { $0.users = ["ap"] }, false),
        (pattern { $0.units = ["shop@*.service"] }, true),
        (pattern { $0.units = ["shop.service"] }, false),
        (pattern { $0.containers = ["*"] }, true),
        (pattern { $0.containers = ["0123*"] }, true),
        // It is in no pod.
        (pattern { $0.pods = ["*"] }, false),
        // Each part must hold.
        (
            pattern {
                $0.users = ["app"]
                $0.units = ["shop@*"]
            }, true
        ),
        (
            pattern {
                $0.users = ["root"]
                $0.units = ["shop@*"]
            }, false
        ),
    ])
    func matches(pattern: ProcessPattern, isMatch: Bool) throws {
        #expect((try PatternMatcher(pattern).matches(.shop) != nil) == isMatch)
    }

    @Test func tellsWhatNamedPartsMatched() throws {
        let wanted = pattern {
            $0.commandLines = expressions(
                "(?P<option>--\\w+) (?P<file>\\S+)",
                "(?P<verb>\\w+)$"
            )
        }
        let matches = try PatternMatcher(wanted).matches(.shop)
        #expect(matches == ["option": "--config", "file": "/etc/shop.yml", "verb": "serve"])
    }
}
