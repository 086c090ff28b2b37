// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphControls")
struct FlameGraphControlsTests {
    private static let now: UInt64 = 1_790_000_100_000_000_000
    private static let times = SpanParameters(now: now, maximumSeconds: 60)

    private func query(_ text: String) throws -> FlameGraphQuery {
        try FlameGraphQuery(
            QueryParameters(parsing: text, allowed: FlameGraphQuery.parameters),
            times: Self.times
        )
    }

    private func html(
        _ text: String = "",
        groups: [ProfiledGroup] = SampleSource.groups,
        maximumSeconds: Int = 60
    ) throws -> String {
        FlameGraphControls(query: try query(text), groups: groups, maximumSeconds: maximumSeconds)
            .html(of: SampleProfiles.busy)
    }

    private func group(_ name: String) -> ProfiledGroup {
        ProfiledGroup(name: name, processCount: 1, nanoseconds: 1)
    }

    @Test("offers all groups that can be asked for, and the shown one is chosen")
    func groups() throws {
        let all = try html()
        #expect(all.contains("<option value=\"\" selected>All groups</option>"))
        #expect(all.contains("<option value=\"busy.service\">busy.service</option>"))
        #expect(!all.contains("it&#39;s"))
        let one = try html("group=busy.service")
        #expect(one.contains("<option value=\"\">All groups</option>"))
        #expect(one.contains("<option value=\"busy.service\" selected>busy.service</option>"))
        #expect(one.ranges(of: ">busy.service</option>").count == 1)
        // One that is sampled no more.
        let gone = try html("group=gone")
        #expect(gone.contains("<option value=\"gone\" selected>gone</option>"))
    }

    @Test("names are text, whatever is in them")
    func escaped() throws {
        let name = "</select><script>&<img src=x>"
        let page = try html("group=\(URLText(encoding: name))", groups: [group(name)])
        let escaped = "&lt;/select&gt;&lt;script&gt;&amp;&lt;img src=x&gt;"
        #expect(page.contains("<option value=\"\(escaped)\" selected>\(escaped)</option>"))
        #expect(page.contains("<input type=\"hidden\" name=\"group\" value=\"\(escaped)\">"))
        #expect(!page.contains("<script") && !page.contains("<img"))
        #expect(page.ranges(of: "</select>").count == 5)
        let address = "group=%3C%2Fselect%3E%3Cscript%3E%26%3Cimg%20src%3Dx%3E&amp;kind=cpu"
        #expect(page.contains(address))
        let listed = try html(groups: [group(name)])
        #expect(listed.contains("<option value=\"\(escaped)\">\(escaped)</option>"))
    }

    @Test("a long list of groups ends, and has the shown one all the same")
    func manyGroups() throws {
        let many = (0..<2000).map { group("group-\($0)") }
        let page = try html("group=group-1999", groups: many)
        #expect(page.ranges(of: ">group-").count == FlameGraphControls.maximumGroupCount + 1)
        #expect(page.contains("<option value=\"group-1999\" selected>"))
    }

    @Test("the time that is shown is marked")
    func current() throws {
        let mark = " aria-current=\"true\">"
        #expect(try html().contains("name=\"ago\" value=\"60\"\(mark)1 min<"))
        #expect(try html("ago=900").contains("name=\"ago\" value=\"900\"\(mark)15 min<"))
        #expect(try html("seconds=10").contains("name=\"seconds\" value=\"10\"\(mark)10 s<"))
        for other in ["ago=61", "ago=60.5", "ago=60&seconds=5", "from=1790000040&to=1790000100"] {
            #expect(try !html(other).contains("aria-current"), "\(other)")
        }
        #expect(try html("kind=wall").contains("<option value=\"wall\" selected>wall<"))
    }

    @Test("offers no longer wait than is allowed")
    func waits() throws {
        func seconds(_ page: String) -> [String] {
            page.components(separatedBy: "name=\"seconds\" value=\"").dropFirst()
                .map { String($0.prefix { $0 != "\"" }) }
        }
        #expect(seconds(try html()) == ["10", "30", "60"])
        #expect(seconds(try html(maximumSeconds: 30)) == ["10", "30"])
        #expect(seconds(try html(maximumSeconds: 4)) == ["4"])
    }

    @Test("only what moves can be loaded again by itself, and only a script shows that")
    func refresh() throws {
        for moving in ["", "ago=60", "seconds=5", "base_ago=600", "ago=60&base_from=1790000000"] {
            let page = try html(moving)
            #expect(
                page.contains("<label id=\"refresh-label\" hidden>Refresh <select id=\"refresh\"")
            )
            #expect(page.contains("<option value=\"\">never</option>"))
        }
        #expect(try !html("from=1790000040&to=1790000100").contains("refresh"))
    }

    @Test("whatever a form can send is good")
    func forms() throws {
        for page in [try html(), try html("group=a+b&kind=wall&ago=300&base_ago=900")] {
            for form in page.components(separatedBy: "<form method=\"get\" action=\"/flamegraph\">")
                .dropFirst()
            {
                var queries = [""]
                for control in Self.controls(of: form) {
                    queries = queries.flatMap { query in
                        control.values.map { "\(query)\(control.name)=\(URLText(encoding: $0))&" }
                    }
                }
                let buttons = Self.buttons(of: form)
                #expect(!buttons.isEmpty && queries.count > 2)
                for query in queries {
                    for button in buttons { _ = try self.query(query + button) }
                }
            }
        }
    }

    /// The lists and hidden fields of a form, with what they can be.
    private static func controls(of form: String) -> [(name: String, values: [String])] {
        let form = form.components(separatedBy: "</form>")[0]
        let lists = form.components(separatedBy: "<select name=\"").dropFirst().map { text in
            let list = text.components(separatedBy: "</select>")[0]
            let values = list.components(separatedBy: "<option value=\"").dropFirst()
            return (String(text.prefix { $0 != "\"" }), values.map(value))
        }
        let hidden = form.components(separatedBy: "type=\"hidden\" name=\"").dropFirst().map {
            (String($0.prefix { $0 != "\"" }), [value($0.components(separatedBy: "value=\"")[1])])
        }
        return lists + hidden
    }

    /// What each button adds; nothing, if it has no name.
    private static func buttons(of form: String) -> [String] {
        let form = form.components(separatedBy: "</form>")[0]
        return form.components(separatedBy: "<button").dropFirst().map { text in
            let parts = text.prefix { $0 != ">" }.components(separatedBy: "\"")
            return parts.count > 3 ? "\(parts[1])=\(parts[3])" : "format=html"
        }
    }

    private static func value(_ text: String) -> String {
        text.prefix { $0 != "\"" }.replacingOccurrences(of: "&lt;", with: "<")
            .replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
    }
}
