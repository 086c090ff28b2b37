# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Judges pages in a browser by axe-core, which knows much of what WCAG asks for."""

from browser import Failure
from recordings import ROOT

SCRIPT = ROOT / ".build-tools" / "axe" / "axe_playwright_python" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = """axe.run(document, {resultTypes: ['violations']}).then(({violations, passes}) => ({
    passes: passes.length,
    violations: violations.map(({id, impact, help, nodes}) => ({
        id, impact, help, where: nodes.map(({target}) => target.join(' ')),
    })),
}))"""


def is_here():
    """Whether axe-core is there: it comes from PyPI, which not every machine reaches."""
    if not SCRIPT.exists():
        print("not judged by axe-core, which is not here: run Scripts/install-dependencies.sh test")
    return SCRIPT.exists()


def judge(tab):
    """The rules that a page breaks, and how many it keeps."""
    tab.evaluate(SCRIPT.read_text() + "\n;undefined", wait=False)
    return tab.evaluate(RUN, wait=True)


def check_page(tab, name):
    """No rule is broken whose breaking keeps somebody out, in light and in dark colours."""
    for scheme in ("light", "dark"):
        tab.media(scheme)
        tab.settle()
        found = judge(tab)
        grave = [rule for rule in found["violations"] if rule["impact"] in GRAVE]
        if grave:
            raise Failure(f"axe: {name}, {scheme}: {grave}")
        lesser = [f"{rule['id']} ({rule['impact']})" for rule in found["violations"]]
        print(f"ok axe: {name}, {scheme}: {found['passes']} rules kept, "
              f"none broken gravely; lesser: {', '.join(lesser) or 'none'}")
    tab.media("light")


def check_itself(tab):
    """What is broken on purpose is found."""
    tab.evaluate("""(() => {
        const picture = document.createElement('img');
        const pale = document.createElement('p');
        pale.textContent = 'pale';
        pale.style.color = '#eeeeee';
        document.querySelector('main').prepend(picture, pale);
    })()""", wait=False)
    found = {rule["id"] for rule in judge(tab)["violations"] if rule["impact"] in GRAVE}
    if not {"image-alt", "color-contrast"} <= found:
        raise Failure(f"axe finds a picture without text and pale letters; seen: {found}")
    print("ok axe finds what is broken on purpose")
