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

SWIFT = '''\
// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

/// The flame graph page in parts, between which are: where its forms may go, its title, its
/// controls, and its data.
enum FlameGraphTemplate {
    /// Without where forms may go.
    static let policy = "%s"

    static let beforeFormAction = #"""
%s
"""#

    static let beforeTitle = #"""
%s
"""#

    static let beforeControls = #"""
%s
"""#

    static let beforeData = #"""
%s
"""#

    static let afterData = #"""
%s

"""#
}
'''


def source_of(text):
    """How a policy names an element's text."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def main():
    pages = FOLDER / "Page"
    style = "\n" + (pages / "page.css").read_text()
    script = "\n" + "\n".join(path.read_text() for path in sorted(pages.glob("*.js")))
    policy = "; ".join((
        "default-src 'none'",
        f"style-src {source_of(style)}",
        f"script-src {source_of(script)}",
        "base-uri 'none'",
    ))
    values = {"policy": policy, "style": style, "script": script}
    page = (pages / "page.html").read_text().rstrip("\n")
    page = re.sub(r"{{(policy|style|script)}}", lambda match: values[match.group(1)], page)
    marks = r"{{form-action}}|{{title}}|{{controls}}|{{data}}"
    parts = (policy, *re.split(marks, page))
    if any('"""#' in part or "\\#(" in part for part in parts):
        raise SystemExit("generate-page: a part would end the Swift string that holds it")
    (FOLDER / "FlameGraphTemplate.swift").write_text(SWIFT % parts)


main()
