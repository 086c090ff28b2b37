#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Uses the flame graph page in a real browser, by mouse and by keyboard.

    Scripts/test-page.py [--page FILE] [--screenshot FILE [--dark]] [--screenshots FOLDER]

Opens the golden page of the tests, whose functions have hostile names, in Debian's chromium. Each
check says what it saw; the page must ask for nothing, log nothing and break no policy. Then it uses
the pages of a running agent (.build/release/ptarmigan, with .build-targets), by keyboard alone and
without scripts, and asks axe-core about them. With --screenshot it only writes a picture of a page,
with --screenshots those of the README that an agent serves. Exits with 0 or 1.
"""

import argparse
import contextlib
import json
import pathlib
import re
import sys
import tempfile

import agents
from browser import Browser, Failure
from served_pages import check_served, take_pictures

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "Tests" / "ExporterTests" / "Golden" / "busy.html"
COMPARISON = GOLDEN.with_name("busy-changed.diff.html")
DATA = re.compile(r'(<script type="application/json" id="profile">)(.*?)(</script>)', re.DOTALL)
LARGE_NODES = 50_000
ESCAPE, ENTER = "Escape", "Enter"


def expect(condition, what, seen=None):
    if not condition:
        raise Failure(what if seen is None else f"{what}; seen: {seen!r}")


def data_of(page):
    return json.loads(DATA.search(page).group(2))


def with_data(page, data):
    text = json.dumps(data).replace("<", "\\u003c")
    return DATA.sub(lambda match: match.group(1) + text + match.group(3), page)


def share(data, predicate, unit="nanoseconds"):
    """The weight of the outermost frames with a matching name, and how many frames match."""
    nodes, names = data["nodes"], data["names"]
    weight = frames = 0
    inside = None
    for depth, name, own in zip(nodes["depth"], nodes["name"], nodes[unit]):
        if inside is not None and depth <= inside:
            inside = None
        if depth > 0 and predicate(names[name]):
            frames += 1
            inside = depth if inside is None else inside
        weight += own if inside is not None else 0
    return f"{100 * weight / sum(nodes[unit]):.2f}%", frames


class Checks:
    """What a user does, and what must be seen then."""

    def __init__(self, tab, data):
        self.tab = tab
        self.data = data

    def run(self):
        for check in (
            self.renders, self.names_stay_text, self.zooms_by_click, self.zooms_by_keyboard,
            self.walks_by_arrows, self.searches, self.searches_plain_text, self.flips,
            self.changes_unit, self.sorts_the_table, self.picks_from_the_table,
            self.shows_tooltips, self.is_accessible, self.turns_dark, self.resizes,
        ):
            self.tab.key("Escape")
            self.tab.key("Escape")
            check()
            print(f"ok {check.__name__.replace('_', ' ')}")

    def text(self, selector):
        return self.tab.value(f"document.querySelector({json.dumps(selector)}).textContent")

    def trail(self):
        return self.tab.value("[...document.querySelectorAll('#trail li')].map(e => e.textContent)")

    def place(self, name):
        """The middle of the first frame of a name."""
        return self.tab.value(
            f"""(() => {{
                const {{ graph, model }} = page;
                const box = graph.canvas.getBoundingClientRect();
                const node = graph.shown.find((n) => model.title(n) === {json.dumps(name)});
                const {{ left, right }} = graph.edges(node);
                const top = graph.top(node) - graph.container.scrollTop;
                return [box.left + (left + right) / 2, box.top + top + 10];
            }})()"""
        )

    def color(self, name):
        """The colour that is drawn at the left end of a frame."""
        return self.tab.value(
            f"""(() => {{
                const {{ graph, model }} = page;
                const node = graph.shown.find((n) => model.title(n) === {json.dumps(name)});
                const x = graph.edges(node).left + 3;
                const y = graph.top(node) - graph.container.scrollTop + 4;
                const copy = document.createElement('canvas').getContext('2d');
                copy.drawImage(graph.canvas, -x, -y);
                return [...copy.getImageData(0, 0, 1, 1).data];
            }})()"""
        )

    def focused(self):
        return self.text("#focus").split(";")[0]

    def renders(self):
        expect(self.text("h1") == self.data["target"], "the target is the title", self.text("h1"))
        facts = self.text("#facts")
        incomplete = f"{100 * self.data['incomplete'] / self.data['nanoseconds']:.2f}%"
        for fact in ("99.0 Hz", "10.0 s", f"{self.data['samples']:,} samples", incomplete):
            expect(fact in facts, f"the header says {fact}", facts)
        main, root = self.color("main"), self.color("[all]")
        expect(main[3] == 255 and main != root, "frames are drawn in colours", (main, root))
        expect(self.trail() == ["[all]"], "nothing is zoomed to", self.trail())

    def names_stay_text(self):
        tags = self.tab.value("document.querySelectorAll('img, script:not(body > script)').length")
        expect(tags == 0, "no name became an element", tags)
        title = self.tab.value("document.title")
        expect(title == f"{self.data['target']}: cpu flame graph", "no name ran", title)
        shown = self.tab.value(
            "[...document.querySelectorAll('#functions td:nth-child(3)')].map(e => e.textContent)"
        )
        for name in self.data["names"]:
            if "<" in name or len(name) > 4000:
                expect(name in shown, "the table shows a hostile name as it is", name[:80])

    def zooms_by_click(self):
        self.tab.click(*self.place("run_sixty"))
        expected = ["[all]", "_start", "main", "run_sixty"]
        expect(self.trail() == expected, "a click zooms", self.trail())
        expect(self.tab.value("!document.querySelector('#reset').disabled"), "it can be reset")
        width = self.tab.value("page.graph.edges(page.graph.zoomed)")
        expect(width["left"] == 0 and width["right"] > 500, "it has the whole width", width)
        self.tab.click(*self.place("_start"))
        expect(self.trail() == expected[:2], "a click on a caller zooms out", self.trail())
        self.tab.value("document.querySelector('#reset').click()")
        expect(self.trail() == ["[all]"], "the button resets", self.trail())

    def zooms_by_keyboard(self):
        self.tab.value("page.container.focus()")
        self.tab.keys("Home", "ArrowDown", "ArrowDown", ENTER)
        expect(self.trail() == ["[all]", "_start", "main"], "Enter zooms", self.trail())
        self.tab.key(ESCAPE)
        expect(self.trail() == ["[all]"], "Escape shows all", self.trail())

    def walks_by_arrows(self):
        self.tab.value("page.container.focus()")
        seen = []
        for key in ("Home", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft",
                    "ArrowUp", "ArrowLeft"):
            self.tab.key(key)
            seen.append(self.focused())
        expected = ["[all]", "_start", "main", "run_sixty", "run_thirty", "run_sixty", "main",
                    "main"]
        expect(seen == expected, "arrows go to children, siblings and parents", seen)

    def searches(self):
        self.tab.key("/")
        expect(self.tab.value("document.activeElement.id") == "search", "/ goes to the search")
        self.tab.type("^hot_(sixty|thirty)$")
        percent, frames = share(self.data, lambda name: name in ("hot_sixty", "hot_thirty"))
        expected = f"{percent}, {frames} frames"
        expect(self.text("#matches") == expected, f"{expected} match", self.text("#matches"))
        seen = []
        for shift in (False, False, True, True):
            self.tab.key(ENTER, shift=shift)
            seen.append(self.text("#matches").split(", ")[-1])
        order = [f"{number} of {frames} frames" for number in (1, 2, 1, frames)]
        expect(seen == order, "Enter and Shift+Enter go through the matches", seen)
        expect(self.focused().startswith("hot_"), "a match is focused", self.focused())
        self.tab.key(ESCAPE)
        expect(self.text("#matches") == "", "Escape ends the search", self.text("#matches"))

    def searches_plain_text(self):
        self.tab.key("/")
        self.tab.type("onerror=alert(1")
        _, frames = share(self.data, lambda name: "onerror=alert(1" in name)
        expect(frames == 1, "the golden page has that name", frames)
        seen = self.text("#matches")
        expect(seen.endswith(", 1 frame"), "what is no expression is plain text", seen)
        self.tab.key(ESCAPE)

    def flips(self):
        before = self.place("main")
        self.tab.key("f")
        after = self.place("main")
        expect(self.tab.value("page.flipButton.ariaPressed") == "true", "f flips")
        expect(after[1] > before[1], "the root is at the foot", (before, after))
        self.tab.value("page.container.focus()")
        self.tab.keys("Home", "ArrowUp")
        expect(self.focused() == "_start", "up goes to the child then", self.focused())
        self.tab.click(*self.place("main"))
        expect(self.trail()[-1] == "main", "a click finds the frame", self.trail())
        self.tab.key("f")
        self.tab.key(ESCAPE)
        expect(self.place("main") == before, "f flips back", self.place("main"))

    def changes_unit(self):
        choose = "(() => {{ const e = document.querySelector('#unit'); e.value = '{}';" \
            " e.dispatchEvent(new Event('change')); }})()"
        self.tab.value(choose.format("samples"))
        seen = self.text("#details")
        expect(f"{self.data['samples']:,} samples" in seen, "samples can be chosen", seen)
        self.tab.value(choose.format("nanoseconds"))
        expect(" s: 100.00% of all" in self.text("#details"), "and time again")

    def first_row(self):
        cells = "[...document.querySelectorAll('#functions tbody tr:first-child td')]"
        return self.tab.value(f"{cells}.map(e => e.textContent)")

    def sorts_the_table(self):
        expect(self.first_row()[2] == "hot_sixty", "the heaviest is first", self.first_row())
        header = "document.querySelector('th[data-key=\"{}\"] button').click()"
        self.tab.value(header.format("total"))
        expect(self.first_row()[2] in ("_start", "main"), "by total", self.first_row())
        self.tab.value(header.format("object"))
        self.tab.value(header.format("object"))
        expect(self.first_row()[3] == "libc.so.6", "by object, downwards", self.first_row())
        sort = self.tab.value("document.querySelector('th[data-key=\"object\"]').ariaSort")
        expect(sort == "descending", "the order is said", sort)
        self.tab.value(header.format("own"))

    def picks_from_the_table(self):
        self.tab.value("document.querySelector('#functions tbody button').click()")
        expect(self.focused() == "hot_sixty", "a function of the table is found", self.focused())
        expect("1 of " in self.text("#matches"), "and its frames are", self.text("#matches"))
        self.tab.key(ESCAPE)

    def shows_tooltips(self):
        for name in ("main", max(self.data["names"], key=len)):
            if name != "main":
                self.tab.value(f"page.zoom(page.model.data.nodes.name.indexOf("
                               f"page.model.data.names.indexOf({json.dumps(name)})))")
            self.tab.move(*self.place(name))
            lines = self.tab.value("[...document.querySelectorAll('#tooltip div')]"
                                   ".map(e => e.textContent)")
            expect(lines[:2] == [name, "busy"], "the tooltip has the whole name", lines)
            expect("% of its parent" in lines[2] and "% of all" in lines[3], "and shares", lines)
            box = self.tab.value("page.tooltip.getBoundingClientRect().toJSON()")
            inside = box["left"] >= 0 and box["top"] >= 0 and box["right"] <= 1200
            expect(inside and box["bottom"] <= 900, "the tooltip is in the window", box)

    def is_accessible(self):
        nodes = self.tab.call("Accessibility.getFullAXTree")["nodes"]
        roles = {node["role"]["value"]: node for node in nodes if not node["ignored"]}
        for role in ("tree", "treeitem", "searchbox", "table", "columnheader", "toolbar"):
            expect(role in roles, f"a screen reader finds a {role}", sorted(roles))
        for node in nodes:
            role = node.get("role", {}).get("value")
            if role in ("button", "searchbox", "tree", "combobox") and not node["ignored"]:
                expect(node["name"]["value"], f"each {role} has a name", node)

    def turns_dark(self):
        background = "getComputedStyle(document.body).backgroundColor"
        light = self.tab.value(background)
        self.tab.media("dark")
        dark = self.tab.value(background)
        self.tab.media("light")
        expect((light, dark) == ("rgb(255, 255, 255)", "rgb(21, 23, 28)"), "dark", (light, dark))

    def resizes(self):
        self.tab.size(500, 700)
        # The page hears of its new size, and draws for it, with one of the next frames.
        self.tab.value("""new Promise(done => {
            let frames = 0;
            const look = () => page.graph.width < 500 || ++frames > 300
                ? done() : requestAnimationFrame(look);
            look();
        })""", wait=True)
        width = self.tab.value("[page.graph.width, document.documentElement.scrollWidth]")
        self.tab.size(1200, 900)
        expect(width[0] < 500 and width[1] <= 500, "a narrow window is enough", width)


def empty_profile(data):
    nodes = {key: [0] for key in data["nodes"]}
    functions = {key: [] for key in data["functions"]}
    return data | {
        "nodes": nodes, "functions": functions, "names": ["[all]"], "objects": [""],
        "colors": ["#c8c8c8"], "samples": 0, "nanoseconds": 0, "incomplete": 0,
    }


def large_profile(data):
    """A tree of as many nodes as a page may have: 10 ways on at each of 5 levels, thinned out."""
    names = ["[all]"] + [f"function_{number}" for number in range(500)]
    nodes = {key: [] for key in data["nodes"]}

    def add(depth, number):
        values = {"depth": depth, "flags": 0 if depth == 0 else 1, "object": 0,
                  "name": 0 if depth == 0 else 1 + number % 500,
                  "samples": 1 + number % 7, "nanoseconds": 1_000_000 * (1 + number % 7)}
        for key, value in values.items():
            nodes[key].append(value)
        if depth < 40 and (depth > 5 or number % 3 < 2):
            for child in range(1 if depth > 5 else 8):
                if len(nodes["depth"]) < LARGE_NODES:
                    add(depth + 1, number * 8 + child + depth)

    add(0, 0)
    while len(nodes["depth"]) < LARGE_NODES:
        add(1, len(nodes["depth"]))
    return empty_profile(data) | {
        "nodes": nodes, "names": names, "objects": ["busy"], "colors": ["#99ddff"],
        "samples": sum(nodes["samples"]), "nanoseconds": sum(nodes["nanoseconds"]),
    }


def check_large(tab):
    count = tab.value("page.model.count")
    expect(count == LARGE_NODES, "the page has all nodes", count)
    shown = tab.value("page.graph.shown.length")
    expect(0 < shown < LARGE_NODES, "what is too narrow is not drawn", shown)
    milliseconds = tab.value(
        """(() => {
            const times = [];
            for (let turn = 0; turn < 21; turn += 1) {
                const begin = performance.now();
                page.graph.layOut();
                page.graph.draw();
                times.push(performance.now() - begin);
            }
            return times.sort((a, b) => a - b)[10];
        })()"""
    )
    print(f"ok {count} nodes; {shown} drawn, laid out and drawn in {milliseconds:.1f} ms")


def check_empty(tab):
    trail = tab.value("document.querySelector('#trail').textContent")
    expect(trail == "[all]", "an empty profile has a page", trail)
    tab.value("page.container.focus()")
    tab.keys("ArrowDown", "ArrowRight", ENTER, "f", ESCAPE)
    tab.key("/")
    tab.type("x")
    seen = tab.value("page.matches.textContent")
    expect(seen == "0.00%, 0 frames", "a search in it finds nothing", seen)
    print("ok an empty profile")


class ComparisonChecks(Checks):
    """The page of a difference: `outer` became slower, `memcpy` is gone, `parse` is new."""

    def run(self):
        for check in (
            self.names_both_sides, self.draws_what_changed, self.has_signs, self.has_two_colours,
            self.shows_changes_in_tooltips, self.lists_changes, self.changes_width,
            self.walks, self.is_accessible,
        ):
            self.tab.key(ESCAPE)
            check()
            print(f"ok comparison: {check.__name__.replace('_', ' ')}")

    def node(self, name):
        return self.tab.value(f"page.model.data.nodes.name.indexOf("
                              f"page.model.data.names.indexOf({json.dumps(name)}))")

    def names_both_sides(self):
        facts = self.text("#facts")
        for side in (self.data["comparison"]["base"], self.data["comparison"]["new"]):
            expect(side["name"] in facts and side["target"] in facts, "the header names it", facts)
        expect(self.text("h1") == self.data["target"], "the title names both", self.text("h1"))

    def draws_what_changed(self):
        total = self.tab.value("page.model.total[0]")
        sides = [[100 * own / sum(self.data["nodes"][side]) for own in self.data["nodes"][side]]
                 for side in ("base", "new")]
        expected = sum(abs(new - base) for base, new in zip(*sides))
        expect(abs(total - expected) < 1e-6, "the width is all that changed", (total, expected))
        ups_and_downs = self.tab.value("page.model.comparison.net(0)")
        expect(abs(ups_and_downs) < 1e-6, "shares gain what they lose", ups_and_downs)

    def has_signs(self):
        labels = self.tab.value("page.graph.shown.map((node) => page.model.label(node))")
        expect(all(label[0] in "+\u2212" for label in labels), "each label has a sign", labels)
        for name, sign in (("outer", "+"), ("parse", "+"), ("memcpy", "\u2212")):
            label = self.tab.value(f"page.model.label({self.node(name)})")
            expect(label.startswith(sign) and label.endswith(f" {name}"), "and the right one", label)

    def has_two_colours(self):
        more, less, root = self.color("outer"), self.color("memcpy"), self.color("[all]")
        expect(more[0] > more[2] + 50, "orange is more", more)
        expect(less[2] > less[0] + 50, "blue is less", less)
        expect(max(root[:3]) - min(root[:3]) < 5, "grey is neither", root)

    def shows_changes_in_tooltips(self):
        self.tab.move(*self.place("outer"))
        lines = self.tab.value("[...document.querySelectorAll('#tooltip div')]"
                               ".map(e => e.textContent)")
        expect(lines[0] == "outer", "the tooltip has the name", lines)
        expect("\u2192" in lines[2] and " points, " in lines[2], "and the change", lines)
        expect("times as much" in lines[2] and ": +" in lines[2], "with its sign", lines)
        expect("new" in self.tab.value(f"page.model.comparison.lines({self.node('parse')})[0]"),
               "what is new is called so")
        expect("gone" in self.tab.value(f"page.model.comparison.lines({self.node('memcpy')})[0]"),
               "and what is gone")

    def lists_changes(self):
        row = self.first_row()
        expect(row[2] == "hot_thirty" and row[0].startswith("+"), "the slower one is first", row)
        head = self.text("#functions thead")
        expect("Self change" in head and "Total change" in head, "the table says so", head)

    def changes_width(self):
        options = self.tab.value("[...document.querySelector('#unit').options].map(o => o.text)")
        expect(options == ["Change", "New", "Base"], "the width can be chosen", options)
        choose = "(() => {{ const e = document.querySelector('#unit'); e.value = '{}';" \
            " e.dispatchEvent(new Event('change')); }})()"
        for side, name, missing in (("new", "parse", "memcpy"), ("base", "memcpy", "parse")):
            self.tab.value(choose.format(side))
            shown = self.tab.value("page.graph.shown.map((node) => page.model.title(node))")
            expect(name in shown and missing not in shown, f"{side} draws its own", shown)
        self.tab.value(choose.format("change"))

    def walks(self):
        self.tab.value("page.container.focus()")
        self.tab.keys("Home", "ArrowDown", "ArrowDown", ENTER)
        expect(len(self.trail()) == 3, "the keys are the same", self.trail())
        self.tab.key(ESCAPE)
        expect(self.trail() == ["[all]"], "Escape shows all", self.trail())


def clockless_profile(data):
    return data | {"period": 0, "duration": 0, "start": 0}


def check_clockless(tab):
    seen = tab.value("[page.model.unitName, document.querySelector('#unit').disabled]")
    expect(seen == ["samples", True], "without times the width is samples", seen)
    facts = tab.value("document.querySelector('#facts').textContent")
    expect("Hz" not in facts and "1970" not in facts and "CPU" not in facts, "and no time", facts)
    print("ok a profile without times")


def check_watch(tab):
    """The policy stops what a hostile page would try, and the checks above would have seen it."""
    tab.value("console.error('seen')")
    tab.value("fetch('http://127.0.0.1:9/').catch(() => {})", wait=True)
    tab.value(
        """(() => {
            const script = document.createElement('script');
            script.textContent = "document.title = 'ran'";
            document.body.append(script);
        })()"""
    )
    expect(tab.value("document.title") != "ran", "the policy lets no other script run")
    expect(any("seen" in line for line in tab.complaints), "the log is watched", tab.complaints)
    policy = [line for line in tab.complaints if "Content Security Policy" in line]
    expect(len(policy) >= 2, "broken policies are seen", tab.complaints)
    print("ok the policy holds, and what breaks it is seen")


def quiet(tab):
    expect(tab.complaints == [], "nothing is logged and no policy is broken", tab.complaints)
    expect(tab.requests == [], "nothing is asked for", tab.requests)


def test(browser, path, folder):
    page = path.read_text()
    data = data_of(page)
    with browser.open(path) as tab:
        Checks(tab, data).run()
        quiet(tab)
    for make, check in (
        (large_profile, check_large), (empty_profile, check_empty),
        (clockless_profile, check_clockless),
    ):
        other = folder / f"{check.__name__}.html"
        other.write_text(with_data(page, make(data)))
        with browser.open(other) as tab:
            check(tab)
            quiet(tab)
    with browser.open(COMPARISON) as tab:
        ComparisonChecks(tab, data_of(COMPARISON.read_text())).run()
        quiet(tab)
    with browser.open(path) as tab:
        check_watch(tab)


def take_picture(browser, path, target, scheme):
    with browser.open(path) as tab:
        tab.media(scheme)
        tab.picture(target, 760)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=pathlib.Path, default=GOLDEN)
    parser.add_argument("--screenshot", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            browser = stack.enter_context(Browser(folder / "profile"))
            if options.screenshot:
                scheme = "dark" if options.dark else "light"
                take_picture(browser, options.page.resolve(), options.screenshot, scheme)
            elif options.screenshots:
                take_pictures(browser, folder, options.screenshots)
            else:
                test(browser, options.page.resolve(), folder)
                check_served(browser, folder)
        except (Failure, agents.Failure) as failure:
            print(f"test-page: {failure}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
