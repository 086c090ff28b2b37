#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the parts of the flame graph page into a Swift file, for a program without other files.

    Scripts/generate-page.py

The sources are in Sources/Exporter/Formats/FlameGraph/Page: the page, its style, and the parts of
its script, which are joined in the order of their names. The page's policy lets the browser run
only this script and use only this style: it names them by their SHA-256 (CSP, section 6.7.3).
"""

import base64
import hashlib
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Sources/Exporter/Formats/FlameGraph"

HEAD = '''\
// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

'''
PAGE = HEAD + '''\
/// The flame graph page in parts, between which are: where its forms may go, its title, its
/// controls, and its data.
enum FlameGraphTemplate {{
    /// Without where forms may go.
    static let policy = "{policy}"

{segments}

    private static let script = {script}
}}
'''
PART = HEAD + '''\
extension FlameGraphTemplate {{
    /// `Page/{file}`, with the line break before it.
    static let {name} = {text}
}}
'''
SEGMENTS = ("beforeFormAction", "beforeTitle", "beforeControls", "beforeData", "afterData")


def source_of(text):
    """How a policy names an element's text."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def literal(text):
    """A string of Swift's, over several lines."""
    if '"""#' in text or "\\#(" in text:
        raise SystemExit("generate-page: a part would end the Swift string that holds it")
    return f'#"""\n{text}\n"""#'


def name_of(path):
    """What a part is called: the script's parts without the number that orders them."""
    return "style" if path.suffix == ".css" else path.stem.split("-", 1)[1]


def segment(text):
    """A part of the page: its own text, and the style and the script by name."""
    pieces = re.split(r"{{(style|script)}}", text)
    return " + ".join(piece if index % 2 else literal(piece) for index, piece in enumerate(pieces))


def main():
    pages = FOLDER / "Page"
    scripts = sorted(pages.glob("*.js"))
    texts = {path: "\n" + path.read_text() for path in [pages / "page.css", *scripts]}
    policy = "; ".join((
        "default-src 'none'",
        f"style-src {source_of(texts[pages / 'page.css'])}",
        f"script-src {source_of(''.join(texts[path] for path in scripts))}",
        "base-uri 'none'",
    ))
    page = (pages / "page.html").read_text().replace("{{policy}}", policy)
    parts = re.split(r"{{form-action}}|{{title}}|{{controls}}|{{data}}", page)
    segments = "\n\n".join(f"    static let {name} = {segment(part)}"
                           for name, part in zip(SEGMENTS, parts, strict=True))
    script = " + ".join(name_of(path) for path in scripts)
    (FOLDER / "FlameGraphTemplate.swift").write_text(
        PAGE.format(policy=policy, segments=segments, script=script))
    for path, text in texts.items():
        name = name_of(path)
        (FOLDER / f"FlameGraphTemplate+{name}.swift").write_text(
            PART.format(file=path.name, name=name, text=literal(text)))


main()
