// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

/// The flame graph page in parts, between which are: where its forms may go, its title, its
/// controls, and its data.
enum FlameGraphTemplate {
    /// Without where forms may go.
    static let policy = "default-src 'none'; style-src 'sha256-M0nR+M1GtjxaW9M0p6suxXb4r042TxZlfJf5pVcykXk='; script-src 'sha256-T2a2tWmIj8ajwYBVkqHVu1eMctyNVxGjRzmpteqErFQ='; base-uri 'none'"

    static let beforeFormAction = #"""
<!DOCTYPE html>
<!-- Copyright 2026 The Ptarmigan Authors
     SPDX-License-Identifier: Apache-2.0 -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-M0nR+M1GtjxaW9M0p6suxXb4r042TxZlfJf5pVcykXk='; script-src 'sha256-T2a2tWmIj8ajwYBVkqHVu1eMctyNVxGjRzmpteqErFQ='; base-uri 'none'; form-action 
"""#

    static let beforeTitle = #"""
">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>
"""#

    static let beforeControls = #"""
</title>
<style>
"""# + style + #"""
</style>
</head>
<body>
<header>
<h1 id="target"></h1>
<ul id="facts" aria-label="About this profile"></ul>
</header>

"""#

    static let beforeData = #"""
<noscript><p>This page draws its graph with JavaScript, which is off here.</p></noscript>
<main>
<div class="tools" role="toolbar" aria-label="Graph">
<input id="search" type="search" placeholder="Search functions  ( / )" spellcheck="false"
autocomplete="off" aria-label="Search functions by regular expression">
<button id="previous" type="button" aria-label="Previous match">&#x2191;</button>
<button id="next" type="button" aria-label="Next match">&#x2193;</button>
<output id="matches" for="search"></output>
<span class="gap"></span>
<select id="unit" aria-label="Width of a frame">
<option value="nanoseconds">Time</option>
<option value="samples">Samples</option>
</select>
<button id="flip" type="button" aria-pressed="false" aria-keyshortcuts="f">Flip</button>
<button id="reset" type="button" aria-keyshortcuts="Escape" disabled>Reset zoom</button>
</div>
<nav aria-label="Zoom"><ol id="trail"></ol></nav>
<div id="graph" role="tree" tabindex="0" aria-label="Flame graph" aria-activedescendant="focus">
<canvas id="canvas" role="presentation"></canvas>
<div id="space" role="presentation"></div>
<div id="focus" class="unseen" role="treeitem"></div>
</div>
<p id="details"></p>
<section aria-labelledby="functions-title">
<h2 id="functions-title">Functions</h2>
<div class="scroll" role="region" aria-label="Table of functions" tabindex="0">
<table id="functions">
<thead><tr>
<th scope="col" data-key="own"><button type="button">Self</button></th>
<th scope="col" data-key="total"><button type="button">Total</button></th>
<th scope="col" data-key="name"><button type="button">Function</button></th>
<th scope="col" data-key="object"><button type="button">Object</button></th>
</tr></thead>
<tbody></tbody>
</table>
</div>
<button id="more" type="button" hidden></button>
</section>
<details>
<summary>Keys</summary>
<dl class="keys">
<div><dt>Arrows</dt><dd>parent, child, siblings, as they are drawn</dd></div>
<div><dt>Home</dt><dd>all stacks</dd></div>
<div><dt>Enter</dt><dd>zoom to the frame</dd></div>
<div><dt>Esc</dt><dd>end the search, or show all</dd></div>
<div><dt>/</dt><dd>search; Enter and Shift+Enter go to the next and previous match</dd></div>
<div><dt>f</dt><dd>flip</dd></div>
</dl>
</details>
</main>
<div id="tooltip" role="tooltip" hidden></div>
<script type="application/json" id="profile">
"""#

    static let afterData = #"""
</script>
<script>
"""# + script + #"""
</script>
</body>
</html>

"""#

    private static let script = model + format + graph + comparison + search + live + table + page
}
