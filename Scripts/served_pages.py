# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Uses the pages of a running agent in a real browser: by keyboard alone, and without scripts."""

import contextlib
import json
import pathlib
import shutil
import signal
import time
import urllib.parse

import axe
from agents import PROGRAM, TARGETS, Agent, Answer, started, wait_for
from browser import Failure

# Budgets that hold nothing back: what is tested are pages.
LAVISH = ("--budget.agent-cpu", "100", "--budget.target-pause", "100")
# A command may be called so, and then its group is.
HOSTILE = "a&b <i>"
# A comparison of the last 10 s with the 10 s that began 30 s ago, as the form has it, has both sides
# then.
KEPT_SECONDS = 32
# So long after a program changed its split, all of the one is from after it, and of the other from
# before; and for another eight seconds.
CHANGED_SECONDS = 12
MOST_TABS = 80


def expect(condition, what, seen=None):
    if not condition:
        raise Failure(what if seen is None else f"{what}; seen: {seen!r}")


class Keyboard:
    """Goes through a page as somebody without a mouse does."""

    def __init__(self, tab):
        self.tab = tab

    def reach(self, selector):
        """Presses Tab until an element has the focus."""
        for _ in range(MOST_TABS):
            if self.tab.evaluate(f"document.activeElement.matches({json.dumps(selector)})", False):
                return
            self.tab.key("Tab")
        raise Failure(f"Tab does not reach {selector}")

    def choose(self, selector, value):
        """Picks an option of a list by the arrows."""
        self.reach(selector)
        index = self.tab.evaluate(
            "(() => { const list = document.activeElement;"
            f" return [...list.options].findIndex(o => o.value === {json.dumps(value)})"
            " - list.selectedIndex; })()", False)
        for _ in range(abs(index)):
            self.tab.key("ArrowDown" if index > 0 else "ArrowUp")
        seen = self.tab.evaluate("document.activeElement.value", False)
        expect(seen == value, f"the arrows choose {value} in {selector}", seen)

    def press(self, selector):
        """Presses a button, which loads another page."""
        self.reach(selector)
        with self.tab.loading():
            self.tab.key("Enter", settles=False)


class ServedChecks:
    """What a user does on the page of an agent, and what must be seen then."""

    def __init__(self, tab, root, busy):
        self.tab = tab
        self.root = root
        self.busy = busy
        self.keyboard = Keyboard(tab)

    def run(self):
        for check in (
            self.has_all_groups, self.picks_a_group, self.picks_a_hostile_group, self.picks_a_range,
            self.picks_wall_time, self.waits_for_what_comes, self.links_to_other_formats,
            self.keys_stay_with_lists, self.compares, self.refreshes, self.refresh_can_be_ended,
            self.works_without_a_script,
        ):
            check()
            print(f"ok served: {check.__name__.replace('_', ' ')}")
        expect(self.tab.complaints == [], "nothing is logged and no policy is broken",
               self.tab.complaints)
        foreign = [address for address in self.tab.requests if not address.startswith(self.root)]
        expect(foreign == [], "no other host is asked for anything", foreign)

    def parameters(self):
        address = self.tab.evaluate("location.href", False)
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query,
                                           keep_blank_values=True))

    def text(self, selector):
        return self.tab.evaluate(f"document.querySelector({json.dumps(selector)}).textContent",
                                 False)

    def names(self):
        return self.tab.evaluate("page.model.data.names", False)

    def chosen(self, name):
        return self.tab.evaluate(f"document.querySelector('select[name={name}]').value", False)

    def has_all_groups(self):
        self.tab.go(f"{self.root}/flamegraph")
        seen = self.tab.evaluate(
            "[...document.querySelector('select[name=group]').options].map(o => o.value)", False)
        expect(set(seen) >= {"", "busy", "sleepers", HOSTILE}, "each group is offered", seen)
        expect(self.chosen("group") == "", "all groups are shown at first", self.chosen("group"))
        current = self.text("button[aria-current]")
        expect(current == "1 min", "and the last minute", current)

    def picks_a_group(self):
        self.keyboard.choose("select[name=group]", "busy")
        self.keyboard.press("button[name=ago][value='60']")
        seen = self.parameters()
        expect(seen == {"group": "busy", "kind": "cpu", "ago": "60"}, "the form asks", seen)
        expect(self.chosen("group") == "busy", "the group stays chosen", self.chosen("group"))
        names = self.names()
        expect({"hot_sixty", "warm_thirty", "cool_ten"} <= set(names), "it is that group", names)

    def picks_a_hostile_group(self):
        self.keyboard.choose("form:first-of-type select[name=group]", HOSTILE)
        self.keyboard.press("button[name=ago][value='60']")
        expect(self.parameters()["group"] == HOSTILE, "a name is sent as it is", self.parameters())
        expect(self.chosen("group") == HOSTILE, "and shown as it is", self.chosen("group"))
        expect("hot_sixty" in self.names(), "and found", self.names())
        elements = self.tab.evaluate("document.querySelectorAll('nav i').length", False)
        expect(elements == 0, "no name became an element", elements)
        self.keyboard.choose("select[name=group]", "busy")
        self.keyboard.press("button[name=ago][value='60']")

    def expect_ten_seconds(self):
        # A time begins and ends with what the tracer has handed on.
        seconds = self.tab.evaluate("page.model.data.duration", False) / 1e9
        expect(7 < seconds < 11, "ten seconds are shown", seconds)

    def picks_a_range(self):
        self.keyboard.press("button[name=ago][value='10']")
        self.expect_ten_seconds()
        current = self.text("button[aria-current]")
        expect(current == "10 s", "and marked", current)

    def picks_wall_time(self):
        self.keyboard.choose("select[name=group]", "sleepers")
        self.keyboard.choose("select[name=kind]", "wall")
        self.keyboard.press("button[name=ago][value='60']")
        seen = self.parameters()
        expect(seen == {"group": "sleepers", "kind": "wall", "ago": "60"}, "the form asks", seen)
        expect("time on the wall" in self.text("#facts"), "it is wall time", self.text("#facts"))
        samples = self.tab.evaluate("page.model.data.samples", False)
        expect(samples > 0, "threads that wait are in it", samples)
        self.keyboard.choose("select[name=group]", "busy")
        self.keyboard.choose("select[name=kind]", "cpu")
        self.keyboard.press("button[name=ago][value='10']")

    def waits_for_what_comes(self):
        begin = time.time()
        self.keyboard.press("button[name=seconds][value='10']")
        start = self.tab.evaluate("page.model.data.start", False) / 1000
        expect(start >= begin - 0.1, "it begins when it is asked for", (start, begin))
        self.expect_ten_seconds()
        expect("hot_sixty" in self.names(), "and of the group", self.names())

    def links_to_other_formats(self):
        links = self.tab.evaluate("[...document.querySelectorAll('.links a')]"
                                  ".map(a => [a.textContent, a.href])", False)
        beginnings = {"table": b"# Target: ", "pprof": b"\x1f\x8b", "folded": b"",
                      "speedscope": b'{"$schema"', "JSON": b'{"target"'}
        seen = {name for name, _ in links}
        expect(seen >= set(beginnings), "each format has a link", seen)
        for name, address in links:
            answer = Answer(address)
            expect(answer.status == 200, f"{name} is there", (address, answer.status))
            expect(answer.body.startswith(beginnings.get(name, b"<!DOCTYPE html>")),
                   f"{name} is what it says", answer.body[:80])
        [table] = [Answer(address).text for name, address in links if name == "table"]
        samples = self.tab.evaluate("page.model.data.samples", False)
        expect(f"# Samples: {samples}," in table, "it is of the very same time", table[:300])

    def keys_stay_with_lists(self):
        self.keyboard.reach("select[name=group]")
        self.tab.key("f")
        expect(not self.tab.evaluate("page.graph.isFlipped", False), "a list has its own keys")
        self.tab.go(f"{self.root}/flamegraph?group=busy&ago=10")

    def compares(self):
        change(self.busy)
        self.keyboard.choose("form + form select[name=ago]", "10")
        self.keyboard.choose("select[name=base_ago]", "30")
        self.keyboard.press("form + form button")
        expected = {"group": "busy", "kind": "cpu", "ago": "10", "base_ago": "30"}
        expect(self.parameters() == expected, "the form asks for both", self.parameters())
        facts = self.text("#facts")
        expect("base: " in facts and "new: " in facts, "the header says both times", facts)
        for name, sign in (("cool_ten", "+"), ("hot_sixty", "\u2212")):
            label = self.tab.evaluate(
                f"page.model.label(page.graph.shown.find(n => page.model.title(n) === '{name}'))",
                False)
            expect(label.startswith(sign), f"{name} went the right way", label)
        chosen = (self.chosen("base_ago"),
                  self.tab.evaluate("document.forms[1].elements.ago.value", False))
        expect(chosen == ("30", "10"), "what was chosen stays so", chosen)
        table = self.tab.evaluate("document.querySelector('.links a').href", False)
        rows = [row.split() for row in Answer(table).text.splitlines()]
        changes = {row[-1]: row[0] for row in rows if row and row[0] != "#"}
        expect(changes["cool_ten"].startswith("+"), "the table says the same", changes)

    def refreshes(self):
        self.tab.go(f"{self.root}/flamegraph?group=busy&ago=60")
        seen = self.tab.evaluate("document.querySelector('#refresh').value", False)
        expect(seen == "", "it is off at first", seen)
        self.tab.value("page.container.focus()")
        self.tab.keys("Home", "ArrowDown", "ArrowDown", "Enter")
        trail = self.trail()
        expect(len(trail) == 3, "something is zoomed to", trail)
        self.tab.key("/")
        self.tab.type("hot_sixty")
        self.keyboard.choose("#refresh", "5")
        for _ in range(2):
            before = self.tab.evaluate("performance.timeOrigin", False)
            with self.tab.loading():
                pass
            after = self.tab.evaluate("performance.timeOrigin", False)
            expect(4 < (after - before) / 1000 < 30, "it is loaded anew", (before, after))
            expect(self.trail() == trail, "the zoom is kept", self.trail())
            state = self.tab.evaluate("[page.input.value, page.search.isActive,"
                                      " document.activeElement.id]", False)
            expect(state == ["hot_sixty", True, "refresh"], "and search and focus", state)
        start = self.tab.evaluate("[page.model.data.start, performance.timeOrigin]", False)
        expect(abs(start[1] - start[0] - 60_000) < 10_000, "it is the last minute", start)

    def refresh_can_be_ended(self):
        self.keyboard.choose("#refresh", "")
        self.tab.value("page.live.write()")
        address = self.tab.evaluate("location.hash", False)
        expect("refresh=" not in address and "hot_sixty" in address, "it is off again", address)
        pending = self.tab.evaluate("page.live.isDue", False)
        expect(not pending, "and nothing is to be loaded", pending)

    def works_without_a_script(self):
        self.tab.script(False)
        self.tab.go(f"{self.root}/flamegraph?group=busy&ago=10")
        shown = self.tab.evaluate("document.querySelector('#refresh-label').checkVisibility()",
                                  False)
        expect(not shown, "what needs a script is not shown", shown)
        self.keyboard.choose("select[name=group]", "sleepers")
        self.keyboard.choose("select[name=kind]", "wall")
        self.keyboard.press("button[name=ago][value='300']")
        seen = self.parameters()
        expect(seen == {"group": "sleepers", "kind": "wall", "ago": "300"}, "forms work", seen)
        expect(self.chosen("group") == "sleepers", "and the page is there", self.chosen("group"))
        self.tab.script(True)
        self.tab.go(f"{self.root}/flamegraph?group=busy&ago=10")

    def trail(self):
        return self.tab.evaluate("[...document.querySelectorAll('#trail li')]"
                                 ".map(e => e.textContent)", False)


@contextlib.contextmanager
def agent(folder):
    """An agent with three groups, one of which can change."""
    expect(PROGRAM.exists(), f"{PROGRAM.name} is built")
    hostile = pathlib.Path(folder) / HOSTILE
    shutil.copy(TARGETS / "busy", hostile)
    with started(TARGETS / "busy", "--seconds", "0") as busy, \
            started(hostile, "--seconds", "0") as other, \
            started(TARGETS / "sleepers", "--seconds", "0") as sleepers, \
            Agent("--pid", busy.pid, "--pid", other.pid, "--pid", sleepers.pid,
                  "--rate", "199", *LAVISH) as running:
        wait_for("the groups", lambda: {"busy", "sleepers"} <= set(running.groups()),
                 [running.process])
        time.sleep(KEPT_SECONDS)
        yield running.url.removesuffix("/metrics"), busy


def change(busy):
    """Has a function take three times as long, and waits until a comparison shows it."""
    busy.send_signal(signal.SIGUSR1)
    time.sleep(CHANGED_SECONDS)


def check_served(browser, folder):
    with agent(folder) as (root, busy):
        if axe.is_here():
            judge_pages(browser, root)
        with browser.open(f"{root}/flamegraph") as tab:
            ServedChecks(tab, root, busy).run()


def judge_pages(browser, root):
    for path, name in (("/flamegraph?group=busy&ago=10&base_ago=30", "a comparison"),
                       ("/flamegraph?group=busy", "a flame graph"), ("/", "/"),
                       ("/targets", "/targets")):
        with browser.open(root + path) as tab:
            axe.check_page(tab, name)
    with browser.open(f"{root}/flamegraph?group=busy") as tab:
        axe.check_itself(tab)


def take_pictures(browser, folder, target):
    with agent(folder) as (root, busy):
        change(busy)
        for name, query in (("flame-graph-served", "group=busy&ago=60"),
                            ("flame-graph-difference", "group=busy&ago=10&base_ago=30")):
            with browser.open(f"{root}/flamegraph?{query}") as tab:
                tab.picture(target / f"{name}.png", 640)
