# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the links between the pages of this repository lead anywhere.

The headings of a page are linked to as GitHub names them: lower case, without punctuation, blanks
as hyphens. Addresses of other hosts are not asked.
"""

import re

# What is not the text of a page: fenced code, indented code, code spans.
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)


def pages(root):
    """The pages of the repository, without those of what is built or fetched."""
    return sorted(path for path in root.rglob("*.md")
                  if not any(part.startswith(".") for part in path.relative_to(root).parts))


def anchors(text):
    """The names of a page's headings; of equal ones the later have a number."""
    found = {}
    for heading in HEADING.findall(FENCED.sub("", text)):
        # A link in a heading is its text alone.
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        count = found.get(name, 0)
        found[name] = count + 1
        if count:
            found[f"{name}-{count}"] = 1
    return set(found)


def links(text):
    """Where a page links to in this repository."""
    text = SPAN.sub("", FENCED.sub("", text))
    return [target for target in LINK.findall(text) if not ELSEWHERE.match(target)]


def problem(page, target, root):
    """What is wrong with a link; None if it leads somewhere."""
    path, _, anchor = target.partition("#")
    found = (page.parent / path).resolve() if path else page
    if not found.is_relative_to(root.resolve()) or not found.exists():
        return "no such file"
    if anchor and (found.suffix != ".md" or anchor not in anchors(found.read_text())):
        return "no such heading"
    return None


def broken(root):
    """(links in all, those that lead nowhere, as lines)."""
    count, wrong = 0, []
    for page in pages(root):
        for target in links(page.read_text()):
            count += 1
            what = problem(page, target, root)
            if what:
                wrong.append(f"{page.relative_to(root)}: {target}: {what}")
    return count, wrong


def unlinked(root, index, directory):
    """The pages of a directory that another page does not link to."""
    linked = {(index.parent / target.partition("#")[0]).resolve()
              for target in links(index.read_text())}
    return [path.name for path in sorted((root / directory).glob("*.md"))
            if path.resolve() not in linked]
