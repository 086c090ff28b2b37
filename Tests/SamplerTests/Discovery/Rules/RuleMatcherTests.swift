// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct RuleMatcherTests {
    @Test func theFirstRuleThatMatchesNamesTheGroup() throws {
        var rules = TargetRules()
        rules.groups = [
            GroupRule(name: try GroupTemplate("1"), pattern: pattern { $0.users = ["root"] }),
            GroupRule(name: try GroupTemplate("2"), pattern: pattern { $0.users = ["app"] }),
            GroupRule(name: try GroupTemplate("3"), pattern: pattern { $0.users = ["app"] }),
        ]
        #expect(try RuleMatcher(rules).verdict(on: .shop) == .group("2"))
    }

    @Test func namedPartsOfTheCommandLineComeIntoTheName() throws {
        let wanted = pattern {
            $0.commandLines = expressions("/etc/(?P<app>[a-z]+)\\.yml", " (?P<verb>[a-z]+)$")
        }
        var rules = TargetRules()
        rules.groups = [
            GroupRule(
                name: try GroupTemplate("{{.Matches.app}}-{{.Matches.verb}}"),
                pattern: wanted
            )
        ]
        #expect(try RuleMatcher(rules).verdict(on: .shop) == .group("shop-serve"))
    }

    @Test(
        arguments: [
            (["app"], [], false), (["root"], [], true), ([], ["app"], true), ([], ["root"], false),
            (["app"], ["app"], true), (["root", "app"], [], false),
        ] as [([String], [String], Bool)]
    )
    func includesAndExcludes(included: [String], excluded: [String], isExcluded: Bool) throws {
        var rules = TargetRules()
        rules.included = included.map { user in pattern { $0.users = [user] } }
        rules.excluded = excluded.map { user in pattern { $0.users = [user] } }
        let verdict = try RuleMatcher(rules).verdict(on: .shop)
        #expect(verdict == (isExcluded ? .excluded : .unnamed))
    }
}
