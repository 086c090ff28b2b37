// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct RuleMatcherTests {
    private static let process: ProcessDescription = {
        var process = ProcessDescription()
        process.command = "a-long-program-"
        process.executable = "/opt/bin/a-long-program-name"
        process.commandLine = "a-long-program-name --config /etc/shop.yml serve"
        process.user = "app"
        process.unit = "shop@7.service"
        process.controlGroup = "/system.slice/shop@7.service"
        process.container = "0123456789abcdef"
        return process
    }()

    private static func pattern(_ change: (inout ProcessPattern) -> Void) -> ProcessPattern {
        var pattern = ProcessPattern()
        change(&pattern)
        return pattern
    }

    private static func expressions(_ texts: String...) -> [RegularExpression] {
        texts.compactMap { try? RegularExpression($0) }
    }

    @Test func theFirstRuleThatMatchesNamesTheGroup() throws {
        var rules = TargetRules()
        rules.groups = [
            GroupRule(name: try GroupTemplate("1"), pattern: Self.pattern { $0.users = ["root"] }),
            GroupRule(name: try GroupTemplate("2"), pattern: Self.pattern { $0.users = ["app"] }),
            GroupRule(name: try GroupTemplate("3"), pattern: Self.pattern { $0.users = ["app"] }),
        ]
        #expect(try RuleMatcher(rules).verdict(on: Self.process) == .group("2"))
    }

    @Test func namedPartsOfTheCommandLineComeIntoTheName() throws {
        let pattern = Self.pattern {
            $0.commandLines = Self.expressions("/etc/(?P<app>[a-z]+)\\.yml", " (?P<verb>[a-z]+)$")
        }
        var rules = TargetRules()
        rules.groups = [
            GroupRule(
                name: try GroupTemplate("{{.Matches.app}}-{{.Matches.verb}}"),
                pattern: pattern
            )
        ]
        #expect(try RuleMatcher(rules).verdict(on: Self.process) == .group("shop-serve"))
    }

    @Test(
        arguments: [
            (["app"], [], false), (["root"], [], true), ([], ["app"], true), ([], ["root"], false),
            (["app"], ["app"], true), (["root", "app"], [], false),
        ] as [([String], [String], Bool)]
    )
    func includesAndExcludes(included: [String], excluded: [String], isExcluded: Bool) throws {
        var rules = TargetRules()
        rules.included = included.map { user in Self.pattern { $0.users = [user] } }
        rules.excluded = excluded.map { user in Self.pattern { $0.users = [user] } }
        let verdict = try RuleMatcher(rules).verdict(on: Self.process)
        #expect(verdict == (isExcluded ? .excluded : .unnamed))
    }
}
