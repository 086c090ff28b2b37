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
/* Copyright 2026 The Ptarmigan Authors
   SPDX-License-Identifier: Apache-2.0 */

:root {
  --page: #ffffff;
  --panel: #f3f4f6;
  --text: #16181d;
  --faint: #565d6b;
  --line: #c3c8d1;
  --accent: #0b57d0;
  --focus: #0b57d0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15171c;
    --panel: #22252d;
    --text: #eceef2;
    --faint: #aab1bf;
    --line: #434956;
    --accent: #8ab4f8;
    --focus: #0b57d0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 0.75rem 1rem 2rem;
  max-width: 120rem;
  background: var(--page);
  color: var(--text);
  font: 0.875rem/1.45 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
h2 { margin: 1.25rem 0 0.5rem; font-size: 1rem; }
#facts {
  display: flex;
  flex-wrap: wrap;
  gap: 0 1.25rem;
  margin: 0.25rem 0 0.75rem;
  padding: 0;
  list-style: none;
  color: var(--faint);
}
#facts strong { color: var(--text); font-weight: 600; }
.tools { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
.gap { flex: 1; }
input, button, select {
  font: inherit;
  color: inherit;
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: 0.3rem;
  padding: 0.25rem 0.6rem;
}
button:not(:disabled) { cursor: pointer; }
button:disabled { color: var(--faint); }
button[aria-pressed="true"] { border-color: var(--accent); color: var(--accent); }
button[aria-current="true"] { border-color: var(--accent); color: var(--accent); }
.controls {
  margin: 0 0 0.75rem;
  padding: 0.4rem 0.6rem;
  border: 1px solid var(--line);
  border-radius: 0.3rem;
}
.controls form, .controls p {
  display: flex;
  flex-wrap: wrap;
  gap: 0.3rem 1rem;
  align-items: center;
  margin: 0.25rem 0;
}
.controls select { max-width: min(24rem, 60vw); }
.controls a { color: var(--accent); }
.links { gap: 0.3rem 0.75rem; }
.links label { margin-left: auto; }
#search { width: min(28rem, 100%); }
#matches { color: var(--faint); min-width: 12rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#trail {
  display: flex;
  flex-wrap: wrap;
  margin: 0.5rem 0;
  padding: 0;
  list-style: none;
  min-height: 1.6rem;
}
#trail li + li::before { content: "\203a"; color: var(--faint); padding: 0 0.15rem; }
#trail button {
  max-width: 20rem;
  padding: 0 0.3rem;
  border: 0;
  background: none;
  color: var(--accent);
  vertical-align: bottom;
}
#trail button[aria-current] { color: var(--text); font-weight: 600; }
#trail button, #functions td {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
#trail button, #functions td, #tooltip, #details, h1 { unicode-bidi: isolate; direction: ltr; }
#graph {
  position: relative;
  max-height: 62vh;
  min-height: 12rem;
  overflow: hidden auto;
  border: 1px solid var(--line);
  border-radius: 0.3rem;
}
#canvas { position: sticky; top: 0; display: block; width: 100%; }
.unseen {
  position: absolute;
  top: 0;
  left: 0;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
#details {
  margin: 0.35rem 0;
  min-height: 2.9em;
  max-height: 7em;
  overflow: auto;
  overflow-wrap: anywhere;
  color: var(--faint);
}
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { padding: 0.15rem 0.5rem; text-align: left; border-bottom: 1px solid var(--line); }
th button { width: 100%; border: 0; background: none; padding: 0; text-align: inherit; }
th button { font-weight: 600; }
th[aria-sort="descending"] button::after { content: " \25be"; }
th[aria-sort="ascending"] button::after { content: " \25b4"; }
th[data-key="own"], th[data-key="total"] { width: 12rem; }
th[data-key="object"] { width: 14rem; }
.wide th[data-key="own"], .wide th[data-key="total"] { width: 16rem; }
td.number, th[data-key="own"], th[data-key="total"] { text-align: right; }
td.number { font-variant-numeric: tabular-nums; }
td button {
  border: 0;
  background: none;
  padding: 0;
  max-width: 100%;
  overflow: hidden;
  text-overflow: ellipsis;
  text-align: left;
  font-family: ui-monospace, monospace;
}
td .swatch {
  display: inline-block;
  width: 0.75em;
  height: 0.75em;
  margin-right: 0.4em;
  border-radius: 0.15em;
}
#more { margin-top: 0.5rem; }
#tooltip {
  position: fixed;
  z-index: 1;
  max-width: min(40rem, 90vw);
  max-height: 60vh;
  overflow: hidden;
  padding: 0.4rem 0.6rem;
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: 0.3rem;
  box-shadow: 0 2px 8px rgb(0 0 0 / 30%);
  overflow-wrap: anywhere;
  pointer-events: none;
}
#tooltip div:first-child { font-family: ui-monospace, monospace; font-weight: 600; }
details { margin-top: 1rem; }
.keys div { display: flex; gap: 0.75rem; }
.keys dt { width: 5rem; font-family: ui-monospace, monospace; }
.keys dd { margin: 0; }
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
// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

"use strict";

/** What a node stands for; the numbers are those of the data. */
const Kind = Object.freeze({ all: 0, frame: 1, incomplete: 2, other: 3 });

/**
 * The tree of stacks as columns, depth first: what is below a node follows it directly, so a
 * subtree is a range. A profile may have 50,000 nodes, and as many objects would be slow.
 */
class Model {
  constructor(data) {
    this.data = data;
    const { nodes } = data;
    this.count = nodes.name.length;
    this.depth = Int32Array.from(nodes.depth);
    this.name = Int32Array.from(nodes.name);
    this.object = Int32Array.from(nodes.object);
    this.flags = Uint8Array.from(nodes.flags);
    this.parent = new Int32Array(this.count);
    /** The node after the last one below a node. */
    this.end = new Int32Array(this.count);
    this.linkNodes();
    /** How two profiles differ, where the data is of two. */
    this.comparison = data.comparison === undefined ? null : new Comparison(this);
    /** Whether the weights are times; folded stacks have none. */
    this.hasClock = data.period > 0 || data.duration > 0;
    if (this.comparison !== null) {
      this.units = this.comparison.units;
      this.selectUnit("change");
      return;
    }
    this.units = {
      nanoseconds: this.unit(nodes.nanoseconds),
      samples: this.unit(nodes.samples),
    };
    this.selectUnit(this.hasClock ? "nanoseconds" : "samples");
  }

  linkNodes() {
    const path = [];
    for (let node = 0; node < this.count; node += 1) {
      while (path.length > this.depth[node]) this.end[path.pop()] = node;
      this.parent[node] = path.length > 0 ? path[path.length - 1] : 0;
      path.push(node);
    }
    while (path.length > 0) this.end[path.pop()] = this.count;
  }

  /** From own weights: totals, and where each node begins if all are laid side by side. */
  unit(weights) {
    const own = Float64Array.from(weights);
    const total = own.slice();
    for (let node = this.count - 1; node > 0; node -= 1) total[this.parent[node]] += total[node];
    const start = new Float64Array(this.count);
    const filled = new Float64Array(this.count);
    for (let node = 1; node < this.count; node += 1) {
      const parent = this.parent[node];
      start[node] = start[parent] + filled[parent];
      filled[parent] += total[node];
    }
    return { own, total, start };
  }

  /** Chooses what the width of a frame is. */
  selectUnit(name) {
    this.unitName = name;
    Object.assign(this, this.units[name]);
  }

  kind(node) { return this.flags[node] & 3; }
  isInlined(node) { return (this.flags[node] & 4) !== 0; }
  /** Not the code of a file: the kernel, what is unknown, and what was not found. */
  isMarked(node) {
    // A function whose file nobody named is code all the same.
    const name = this.objectName(node) || this.title(node);
    return this.kind(node) !== Kind.all && name.startsWith("[");
  }

  title(node) { return this.data.names[this.name[node]]; }
  objectName(node) { return this.data.objects[this.object[node]]; }
  color(node) {
    const { comparison } = this;
    if (comparison === null) return this.data.colors[this.object[node]];
    return comparison.shade(comparison.tendency(node, this.unitName));
  }

  /** What is written on a frame. */
  label(node) {
    const title = this.title(node);
    return this.comparison === null ? title : this.comparison.label(node, title);
  }

  contains(ancestor, node) { return ancestor <= node && node < this.end[ancestor]; }
  firstChild(node) { return node + 1 < this.end[node] ? node + 1 : null; }

  nextSibling(node) {
    const next = this.end[node];
    return node > 0 && next < this.end[this.parent[node]] ? next : null;
  }

  previousSibling(node) {
    let previous = null;
    for (const sibling of this.siblings(node)) {
      if (sibling === node) return previous;
      previous = sibling;
    }
    return null;
  }

  /** The children of the node's parent, itself included. */
  * siblings(node) {
    const parent = this.parent[node];
    if (node === 0) {
      yield 0;
      return;
    }
    for (let child = parent + 1; child < this.end[parent]; child = this.end[child]) yield child;
  }

  /** From the root to the node. */
  path(node) {
    const path = [node];
    while (path[0] !== 0) path.unshift(this.parent[path[0]]);
    return path;
  }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/** Amounts as people read them. */
const Format = {
  percent(part, whole) {
    return whole > 0 ? `${(100 * part / whole).toFixed(2)}%` : "0.00%";
  },

  nanoseconds(value) {
    if (value === 0) return "0 s";
    if (value >= 1e9) return `${(value / 1e9).toFixed(3)} s`;
    if (value >= 1e6) return `${(value / 1e6).toFixed(2)} ms`;
    return `${(value / 1e3).toFixed(1)} \u00b5s`;
  },

  samples(value) { return `${value.toLocaleString("en")} ${value === 1 ? "sample" : "samples"}`; },

  amount(value, unit) {
    return unit === "samples" ? Format.samples(value) : Format.nanoseconds(value);
  },

  /** What a frame is, as lines: its name, its object, its weights. */
  frame(model, node) {
    const { own, total } = model;
    const place = model.objectName(node);
    const lines = [model.title(node)];
    const kind = model.kind(node);
    if (kind === Kind.incomplete) lines.push("the outermost callers were not found");
    if (kind === Kind.other) lines.push("frames too small to be kept apart");
    if (place !== "") lines.push(model.isInlined(node) ? `${place}, inlined` : place);
    if (model.comparison !== null) return [...lines, ...model.comparison.lines(node)];
    const share = `${Format.percent(total[node], total[0])} of all`;
    const ofParent = `${Format.percent(total[node], total[model.parent[node]])} of its parent`;
    lines.push(`total ${Format.amount(total[node], model.unitName)}: ${share}, ${ofParent}`);
    lines.push(
      `self ${Format.amount(own[node], model.unitName)}: `
        + `${Format.percent(own[node], total[0])} of all`,
    );
    return lines;
  },
};

/** Fills an element with texts; what a program calls its functions never becomes markup. */
function fill(element, texts, tag = "div") {
  element.replaceChildren(...texts.map((text) => {
    const child = document.createElement(tag);
    child.textContent = text;
    return child;
  }));
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

const ROW_HEIGHT = 20;
/** Frames narrower than this are not drawn, and neither is what is below them. */
const MINIMUM_WIDTH = 1;
const FONT = "12px ui-monospace, monospace";

/** Draws what is seen of the tree, and finds frames by their place. */
class Graph {
  constructor(model, container, canvas, space) {
    this.model = model;
    this.container = container;
    this.canvas = canvas;
    this.space = space;
    this.context = canvas.getContext("2d");
    this.zoomed = 0;
    this.focused = 0;
    this.isFlipped = false;
    /** Nodes that are found by a search, or null. */
    this.matches = null;
    this.shown = [];
    this.hatch = this.makeHatch();
    // As high as all of the tree, so that zooming moves nothing below it; the style limits it.
    const depth = model.depth.reduce((deepest, depth) => Math.max(deepest, depth), 0);
    container.style.height = `${(depth + 1) * ROW_HEIGHT + 2}px`;
    container.addEventListener("scroll", () => this.requestDraw());
    new ResizeObserver(() => this.layOut()).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.layOut());
  }

  /** Lines across a frame, so that marked ones differ by more than their colour. */
  makeHatch() {
    const tile = document.createElement("canvas");
    tile.width = 8;
    tile.height = 8;
    const context = tile.getContext("2d");
    context.strokeStyle = "rgb(0 0 0 / 22%)";
    for (const offset of [-8, 0, 8]) {
      context.moveTo(offset, 8);
      context.lineTo(offset + 8, 0);
    }
    context.stroke();
    return this.context.createPattern(tile, "repeat");
  }

  /** Chooses the frames that are wide enough, and how high the drawing is. */
  layOut() {
    const { model } = this;
    const ratio = devicePixelRatio || 1;
    this.width = this.container.clientWidth;
    this.height = this.container.clientHeight;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.height = `${this.height}px`;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.font = FONT;
    this.characterWidth = this.context.measureText("m").width;

    this.scale = model.total[this.zoomed] > 0 ? this.width / model.total[this.zoomed] : 0;
    this.shown = [];
    this.rows = 1;
    for (let node = 0; node < model.count;) {
      const isShown = this.isShown(node);
      if (isShown) {
        this.shown.push(node);
        this.rows = Math.max(this.rows, model.depth[node] + 1);
      }
      node = isShown ? node + 1 : model.end[node];
    }
    const rest = Math.max(0, this.rows * ROW_HEIGHT - this.height);
    this.space.style.height = `${rest}px`;
    this.requestDraw();
  }

  /** Where a node is between the left and right edges of the drawing. */
  edges(node) {
    const { model, scale } = this;
    // What is zoomed to, and all that it is in, is as wide as the drawing, even where nothing
    // weighs anything.
    if (model.contains(node, this.zoomed)) return { left: 0, right: this.width };
    const from = (model.start[node] - model.start[this.zoomed]) * scale;
    return {
      left: Math.min(Math.max(from, 0), this.width),
      right: Math.min(Math.max(from + model.total[node] * scale, 0), this.width),
    };
  }

  /** The upper edge of a row in the drawing, which may be out of sight. */
  top(node) {
    const depth = this.model.depth[node];
    const total = Math.max(this.rows * ROW_HEIGHT, this.isFlipped ? this.height : 0);
    return this.isFlipped ? total - (depth + 1) * ROW_HEIGHT : depth * ROW_HEIGHT;
  }

  isShown(node) {
    const { left, right } = this.edges(node);
    return right - left >= MINIMUM_WIDTH;
  }

  requestDraw() {
    if (this.isDrawRequested) return;
    this.isDrawRequested = true;
    requestAnimationFrame(() => {
      this.isDrawRequested = false;
      this.draw();
    });
  }

  draw() {
    const { context } = this;
    const style = getComputedStyle(document.documentElement);
    context.clearRect(0, 0, this.width, this.height);
    context.font = FONT;
    context.textBaseline = "middle";
    context.direction = "ltr";
    const scroll = this.container.scrollTop;
    for (const node of this.shown) {
      const y = this.top(node) - scroll;
      if (y > -ROW_HEIGHT && y < this.height) this.drawFrame(node, y);
    }
    if (this.isShown(this.focused)) {
      const { left, right } = this.edges(this.focused);
      context.strokeStyle = style.getPropertyValue("--focus").trim();
      context.lineWidth = 3;
      const y = this.top(this.focused) - scroll;
      context.strokeRect(left + 1.5, y + 1.5, Math.max(1, right - left - 4), ROW_HEIGHT - 4);
    }
  }

  drawFrame(node, y) {
    const { context, model } = this;
    const { left, right } = this.edges(node);
    // A hair between neighbours, as long as there is room for it.
    const width = Math.max(MINIMUM_WIDTH, right - left - (right - left > 3 ? 1 : 0));
    const height = ROW_HEIGHT - 1;
    context.fillStyle = model.color(node);
    context.fillRect(left, y, width, height);
    if (model.isMarked(node)) {
      context.fillStyle = this.hatch;
      context.fillRect(left, y, width, height);
    }
    const isAbove = node !== this.zoomed && model.contains(node, this.zoomed);
    const isFound = this.matches !== null && this.matches[node] === 1;
    if (isAbove || (this.matches !== null && !isFound)) this.fade(left, y, width, height);
    if (isFound) {
      context.strokeStyle = "#111111";
      context.lineWidth = 2;
      if (width > 4) context.strokeRect(left + 1, y + 1, width - 2, height - 2);
    }
    this.drawLabel(model.label(node), left, y, width);
  }

  /** Makes a frame paler; its label stays dark on it. */
  fade(left, y, width, height) {
    const { context } = this;
    context.globalAlpha = 0.45;
    context.fillStyle = "#ffffff";
    context.fillRect(left, y, width, height);
    context.globalAlpha = 1;
  }

  drawLabel(text, left, y, width) {
    const { context } = this;
    const room = Math.floor((width - 6) / this.characterWidth);
    if (room < 3) return;
    const label = text.length > room ? `${text.slice(0, room - 1)}\u2026` : text;
    context.fillStyle = "#111111";
    // Characters beyond ASCII may be wider than others, and end at the frame's edge all the same.
    const isPlain = /^[\x20-\x7e\u2026]*$/.test(label);
    if (!isPlain) {
      context.save();
      context.beginPath();
      context.rect(left, y, width - 2, ROW_HEIGHT);
      context.clip();
    }
    context.fillText(label, left + 4, y + ROW_HEIGHT / 2);
    if (!isPlain) context.restore();
  }

  /** The node at a place of the window, or null. */
  nodeAt(clientX, clientY) {
    const box = this.canvas.getBoundingClientRect();
    const x = clientX - box.left;
    const y = clientY - box.top + this.container.scrollTop;
    for (const node of this.shown) {
      const top = this.top(node);
      if (y < top || y >= top + ROW_HEIGHT) continue;
      const { left, right } = this.edges(node);
      if (x >= left && x < right) return node;
    }
    return null;
  }

  /** Scrolls a node's row into sight. */
  scrollTo(node) {
    const top = this.top(node);
    const { scrollTop } = this.container;
    if (top < scrollTop) this.container.scrollTop = top;
    const bottom = top + ROW_HEIGHT;
    if (bottom > scrollTop + this.height) this.container.scrollTop = bottom - this.height;
    this.requestDraw();
  }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

const MORE = [238, 136, 102];
const LESS = [119, 170, 221];
const UNCHANGED = [238, 238, 238];

/**
 * How two profiles differ. By default the width of a frame is the sum of all increases and all
 * decreases of what is in it, so that what did not change takes no room.
 *
 * Amounts are percents of each profile's whole, or nanoseconds where they are not normalized.
 */
class Comparison {
  constructor(model) {
    const { nodes, functions, comparison } = model.data;
    Object.assign(this, comparison);
    const base = this.scaled("base", nodes.base);
    const current = this.scaled("new", nodes.new);
    this.units = {
      change: model.unit(base.map((amount, node) => Math.abs(current[node] - amount))),
      new: model.unit(current),
      base: model.unit(base),
    };
    this.functions = {
      own: this.pairs(functions.ownBase, functions.ownNew),
      total: this.pairs(functions.totalBase, functions.totalNew),
    };
  }

  scaled(side, weights) {
    const whole = this[side].nanoseconds;
    const factor = this.isNormalized ? (whole > 0 ? 100 / whole : 0) : 1;
    return Float64Array.from(weights, (weight) => weight * factor);
  }

  pairs(base, current) {
    const [from, to] = [this.scaled("base", base), this.scaled("new", current)];
    return { from, to, sizes: from.map((amount, row) => Math.abs(to[row] - amount)) };
  }

  amount(value) {
    if (this.isNormalized) return `${value.toFixed(2)}%`;
    return this.hasClock ? Format.nanoseconds(value) : Format.samples(value);
  }

  /** A change with its sign, whatever the colour. */
  signed(difference) {
    const size = Math.abs(difference);
    const text = this.isNormalized ? size.toFixed(2) : this.amount(size);
    // What is rounded to nothing went neither way.
    return `${difference < 0 && text !== "0.00" ? "\u2212" : "+"}${text}`;
  }

  /** A change in words. */
  words(from, to) {
    const points = this.isNormalized ? " points" : "";
    let times = "";
    if (from === 0 && to > 0) times = ", new";
    else if (to === 0 && from > 0) times = ", gone";
    else if (from > 0) times = `, ${(to / from).toFixed(2)} times as much`;
    return `${this.amount(from)} \u2192 ${this.amount(to)}: `
      + `${this.signed(to - from)}${points}${times}`;
  }

  net(node) { return this.units.new.total[node] - this.units.base.total[node]; }

  /** Which way a frame went, from -1 to 1: of all that changed in it, or of what it weighs. */
  tendency(node, unitName) {
    const { change, new: current, base } = this.units;
    const whole = unitName === "change"
      ? change.total[node] : Math.max(current.total[node], base.total[node]);
    return whole > 0 ? this.net(node) / whole : 0;
  }

  shade(tendency) {
    const strength = Math.min(1, Math.abs(tendency));
    const target = tendency < 0 ? LESS : MORE;
    const parts = UNCHANGED.map((part, index) => part + (target[index] - part) * strength);
    return `rgb(${parts.map((part) => Math.round(part)).join(" ")})`;
  }

  label(node, title) { return `${this.signed(this.net(node))} ${title}`; }

  /** What became of a frame, as lines. */
  lines(node) {
    const { change, new: current, base } = this.units;
    const { total } = change;
    return [
      `total ${this.words(base.total[node], current.total[node])}`,
      `self ${this.words(base.own[node], current.own[node])}`,
      `${Format.percent(total[node], total[0])} of all changes`,
    ];
  }

  /** A cell of the table. */
  cell(key, row) {
    const { from, to } = this.functions[key];
    return `${this.signed(to[row] - from[row])}  `
      + `${this.amount(from[row])} \u2192 ${this.amount(to[row])}`;
  }

  rowColor(row) {
    const { from, to } = this.functions.own;
    const whole = Math.max(from[row], to[row]);
    return this.shade(whole > 0 ? (to[row] - from[row]) / whole : 0);
  }

  /** The header: both inputs, and how to read the colours. */
  facts() {
    const side = (name) => {
      const { name: title, target, samples, nanoseconds } = this[name];
      const time = this.hasClock ? `${Format.nanoseconds(nanoseconds)}, ` : "";
      // What has no name of its own is called as its file.
      const words = title.endsWith(target) ? "" : `${target}, `;
      return [title, `${name}: ${words}${time}${Format.samples(samples)}`];
    };
    return [
      side("base"),
      side("new"),
      this.isNormalized ? ["Shares", "of each total"] : ["Amounts", "as they are"],
      ["Orange", "and + became more"],
      ["Blue", "and \u2212 became less"],
    ];
  }

  /** What the width of a frame can be. */
  static choices = [["change", "Change"], ["new", "New"], ["base", "Base"]];
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/** Finds frames by the names of their functions. */
class Search {
  constructor(model) {
    this.model = model;
    this.clear();
  }

  clear() {
    this.isActive = false;
    this.found = null;
    this.nodes = [];
    this.functions = 0;
    this.current = -1;
  }

  /** Whether a name is found: by regular expression, or as plain text where it is none. */
  static predicate(text) {
    // Capital letters mean that case matters.
    const isExact = text !== text.toLowerCase();
    try {
      const expression = new RegExp(text, isExact ? "" : "i");
      return (name) => expression.test(name);
    } catch {
      const plain = isExact ? text : text.toLowerCase();
      return (name) => (isExact ? name : name.toLowerCase()).includes(plain);
    }
  }

  run(text) { this.mark(text === "" ? null : Search.predicate(text)); }

  /** Finds one function of one object, whatever its name would mean as an expression. */
  runExactly(name, object) {
    this.mark((title, place) => title === name && place === object, true);
  }

  mark(predicate, needsObject = false) {
    this.clear();
    if (predicate === null) return;
    const { model } = this;
    const { names, objects } = model.data;
    // Most names are those of many nodes.
    const known = needsObject ? null : names.map((name) => predicate(name));
    this.isActive = true;
    this.found = new Uint8Array(model.count);
    const functions = new Set();
    for (let node = 1; node < model.count; node += 1) {
      const isFound = known === null
        ? predicate(names[model.name[node]], objects[model.object[node]])
        : known[model.name[node]];
      if (!isFound) continue;
      this.found[node] = 1;
      this.nodes.push(node);
      functions.add(`${model.name[node]} ${model.object[node]}`);
    }
    this.functions = functions.size;
  }

  /** The weight of what is found below a node; what is found in what is found counts once. */
  weight(top) {
    const { model } = this;
    let sum = 0;
    for (let node = top; node < model.end[top];) {
      if (this.found[node] === 1) {
        sum += model.total[node];
        node = model.end[node];
      } else {
        node += 1;
      }
    }
    return sum;
  }

  /** The next frame that was found, or the one before; round at the ends. */
  step(direction) {
    const { length } = this.nodes;
    if (length === 0) return null;
    const first = direction > 0 ? 0 : length - 1;
    this.current = this.current < 0 ? first : (this.current + direction + length) % length;
    return this.nodes[this.current];
  }

  /** What was found, in words. */
  summary(zoomed) {
    if (!this.isActive) return "";
    const { model } = this;
    const share = Format.percent(this.weight(zoomed), model.total[zoomed]);
    const frames = `${this.nodes.length.toLocaleString("en")} `
      + (this.nodes.length === 1 ? "frame" : "frames");
    const place = this.current < 0 ? frames : `${this.current + 1} of ${frames}`;
    return `${share}${zoomed === 0 ? "" : " of what is shown"}, ${place}`;
  }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/** Browsers and logs take addresses of this length; deeper frames are left out. */
const MAXIMUM_FRAGMENT = 8000;
/** Browsers let an address be changed only so often. */
const WRITE_MILLISECONDS = 300;

/**
 * Keeps what is chosen on a served page in the fragment of its address, which no server sees, so
 * that it is there again when the page is loaded again; and does that by itself if it is asked to.
 */
class Live {
  constructor(page, label, select) {
    this.page = page;
    this.select = select;
    this.timer = null;
    this.writer = null;
    label.hidden = false;
    this.restore(new URLSearchParams(location.hash.slice(1)));
    select.addEventListener("change", () => {
      this.write();
      this.schedule();
    });
    document.addEventListener("visibilitychange", () => { if (this.isDue) this.reload(); });
    this.schedule();
  }

  /** What is chosen has changed. */
  note() {
    if (this.writer !== null) return;
    this.writer = setTimeout(() => this.write(), WRITE_MILLISECONDS);
  }

  write() {
    clearTimeout(this.writer);
    this.writer = null;
    const text = this.state().toString();
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  }

  state() {
    const { graph, model, input, picked } = this.page;
    const state = new URLSearchParams();
    if (this.select.value !== "") state.set("refresh", this.select.value);
    if (input.value !== "") state.set("search", input.value);
    if (picked !== null) state.set("object", picked);
    if (graph.isFlipped) state.set("flip", "1");
    if (model.unitName !== this.page.unit.options[0].value) state.set("unit", model.unitName);
    const active = document.activeElement;
    if (active !== null && active.id !== "") state.set("active", active.id);
    // One of the two is in the other.
    const [zoomed, focused] = [model.depth[graph.zoomed], model.depth[graph.focused]];
    if (zoomed > 0) state.set("zoom", zoomed);
    if (focused > 0) state.set("focus", focused);
    let length = state.toString().length;
    for (const node of model.path(zoomed > focused ? graph.zoomed : graph.focused).slice(1)) {
      length += encodeURIComponent(model.title(node)).length + 7;
      if (length > MAXIMUM_FRAGMENT) break;
      state.append("frame", model.title(node));
    }
    return state;
  }

  restore(state) {
    const { page } = this;
    const { model } = page;
    const offers = (select, value) => [...select.options].some((option) => option.value === value);
    if (offers(this.select, state.get("refresh"))) this.select.value = state.get("refresh");
    if (state.has("unit") && offers(page.unit, state.get("unit"))) {
      page.unit.value = state.get("unit");
      page.selectUnit(page.unit.value);
    }
    if (state.has("flip")) page.flip();
    if (state.has("search")) {
      page.input.value = state.get("search");
      if (state.has("object")) page.mark(state.get("search"), state.get("object"));
      else page.find();
    }
    const path = this.path(state.getAll("frame"));
    const at = (key) => path[Math.min(Number(state.get(key)) || 0, path.length - 1)];
    page.zoom(at("zoom"));
    const { zoomed } = page.graph;
    if (model.contains(zoomed, at("focus")) || model.contains(at("focus"), zoomed)) {
      page.focus(at("focus"));
    }
    const active = document.getElementById(state.get("active") ?? "");
    if (active !== null) active.focus({ preventScroll: true });
    const end = page.input.value.length;
    if (active === page.input) page.input.setSelectionRange(end, end);
  }

  /** The nodes of these names below each other, as far as they are there. */
  path(names) {
    const { model } = this.page;
    const path = [0];
    for (const name of names) {
      let child = model.firstChild(path[path.length - 1]);
      while (child !== null && model.title(child) !== name) child = model.nextSibling(child);
      if (child === null) break;
      path.push(child);
    }
    return path;
  }

  schedule() {
    clearTimeout(this.timer);
    this.isDue = false;
    const seconds = Number(this.select.value);
    if (seconds > 0) this.timer = setTimeout(() => this.reload(), seconds * 1000);
  }

  /** Loads the page again, unless nobody sees it or something else is being chosen. */
  reload() {
    const active = document.activeElement;
    const isChoosing = active !== this.select && active?.closest(".controls") != null;
    if (document.hidden || isChoosing) {
      this.schedule();
      this.isDue = true;
      return;
    }
    this.write();
    location.reload();
  }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

const ROWS_AT_ONCE = 100;

/** The functions as a table; to a screen reader it says what the graph draws. */
class FunctionTable {
  constructor(model, table, more, onPick) {
    this.model = model;
    this.body = table.tBodies[0];
    this.headers = [...table.tHead.rows[0].cells];
    this.more = more;
    this.onPick = onPick;
    this.key = "own";
    this.isDescending = true;
    this.limit = ROWS_AT_ONCE;
    for (const header of this.headers) {
      header.firstElementChild.addEventListener("click", () => this.sortBy(header.dataset.key));
    }
    more.addEventListener("click", () => {
      this.limit *= 4;
      this.show();
    });
    this.rows = model.data.functions.name.map((_, index) => index);
    if (model.comparison !== null) {
      this.headers[0].firstElementChild.textContent = "Self change";
      this.headers[1].firstElementChild.textContent = "Total change";
      table.classList.add("wide");
    }
    this.sort();
  }

  /** Sorts by a column; again, the other way round. */
  sortBy(key) {
    this.isDescending = this.key === key ? !this.isDescending : key === "own" || key === "total";
    this.key = key;
    this.sort();
  }

  weights(key) {
    if (this.model.comparison !== null) return this.model.comparison.functions[key].sizes;
    const { functions } = this.model.data;
    return functions[`${key}${this.model.unitName === "samples" ? "Samples" : "Nanoseconds"}`];
  }

  value(key, row) {
    const { data } = this.model;
    if (key === "name") return data.names[data.functions.name[row]];
    if (key === "object") return data.objects[data.functions.object[row]];
    return this.weights(key)[row];
  }

  sort() {
    const sign = this.isDescending ? -1 : 1;
    const values = this.rows.map((_, row) => this.value(this.key, row));
    this.rows.sort((left, right) => {
      if (values[left] === values[right]) return left - right;
      return values[left] < values[right] ? -sign : sign;
    });
    this.show();
  }

  show() {
    for (const header of this.headers) {
      const direction = this.isDescending ? "descending" : "ascending";
      header.setAttribute("aria-sort", header.dataset.key === this.key ? direction : "none");
    }
    const shown = this.rows.slice(0, this.limit);
    this.body.replaceChildren(...shown.map((row) => this.element(row)));
    const rest = this.rows.length - shown.length;
    const { omittedFunctions } = this.model.data;
    this.more.hidden = rest === 0 && omittedFunctions === 0;
    this.more.disabled = rest === 0;
    this.more.textContent = rest > 0
      ? `Show more (${(rest + omittedFunctions).toLocaleString("en")} left)`
      : `${omittedFunctions.toLocaleString("en")} lighter functions are not in this file`;
  }

  cell(key, row) {
    const { total, unitName } = this.model;
    const value = this.weights(key)[row];
    return `${Format.amount(value, unitName)}  ${Format.percent(value, total[0])}`;
  }

  element(row) {
    const { data, comparison } = this.model;
    const element = document.createElement("tr");
    for (const key of ["own", "total"]) {
      const cell = element.insertCell();
      cell.className = "number";
      cell.textContent = comparison === null ? this.cell(key, row) : comparison.cell(key, row);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.value("name", row);
    button.addEventListener("click", () => {
      this.onPick(this.value("name", row), this.value("object", row));
    });
    element.insertCell().append(button);
    const swatch = document.createElement("span");
    swatch.className = "swatch";
    swatch.style.background = comparison === null
      ? data.colors[data.functions.object[row]] : comparison.rowColor(row);
    element.insertCell().append(swatch, this.value("object", row));
    return element;
  }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

const TRAIL_LENGTH = 12;

/** Joins the parts: what is chosen in one is seen in all. */
class Page {
  constructor(data) {
    const element = (id) => document.getElementById(id);
    this.model = new Model(data);
    this.container = element("graph");
    this.graph = new Graph(this.model, this.container, element("canvas"), element("space"));
    this.search = new Search(this.model);
    this.input = element("search");
    this.matches = element("matches");
    this.trail = element("trail");
    this.details = element("details");
    this.item = element("focus");
    this.tooltip = element("tooltip");
    this.flipButton = element("flip");
    this.resetButton = element("reset");
    this.unit = element("unit");
    /** The object of the function that was picked from the table, while it is searched. */
    this.picked = null;
    this.live = null;
    this.table = new FunctionTable(
      this.model,
      element("functions"),
      element("more"),
      (name, object) => this.pick(name, object),
    );
    this.showHeader(element("target"), element("facts"));
    this.offerUnits(this.unit);
    this.listen(element);
    this.zoom(0);
    // A page that is a file is not loaded again.
    const refresh = element("refresh");
    if (refresh !== null) this.live = new Live(this, element("refresh-label"), refresh);
  }

  showHeader(title, facts) {
    const { data } = this.model;
    title.textContent = data.target;
    const { comparison } = this.model;
    const texts = comparison === null ? this.facts() : comparison.facts();
    if (data.omittedNodes > 0) {
      texts.push([data.omittedNodes.toLocaleString("en"), "small frames joined in [other]"]);
    }
    facts.replaceChildren(...texts.map(([value, words]) => {
      const item = document.createElement("li");
      const strong = document.createElement("strong");
      strong.textContent = value;
      item.append(strong, ` ${words}`);
      return item;
    }));
  }

  facts() {
    const { data, hasClock } = this.model;
    const samples = [data.samples.toLocaleString("en"), "samples"];
    const incomplete = [
      Format.percent(data.incomplete, data.nanoseconds), "in stacks without outermost callers",
    ];
    if (!hasClock) return [samples, incomplete];
    const rate = data.period > 0 ? 1e9 / data.period : 0;
    const kind = data.kind === "wall" ? "time on the wall" : "CPU time";
    return [
      [Format.nanoseconds(data.nanoseconds), kind],
      samples,
      [`${(data.duration / 1e9).toFixed(1)} s`, "long"],
      // What a file does not say is 0.
      ...(rate > 0 ? [[`${rate.toFixed(1)} Hz`, ""]] : []),
      ...(data.start > 0 ? [[this.date(data.start), ""]] : []),
      incomplete,
    ];
  }

  date(milliseconds) { return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z"); }

  /** What the width of a frame can be. */
  offerUnits(select) {
    const { comparison, hasClock } = this.model;
    if (comparison !== null) {
      select.replaceChildren(...Comparison.choices.map(([value, text]) => new Option(text, value)));
    } else if (!hasClock) {
      select.value = "samples";
      select.disabled = true;
    }
  }

  listen(element) {
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("keydown", (event) => this.onSearchKey(event));
    element("next").addEventListener("click", () => this.step(1));
    element("previous").addEventListener("click", () => this.step(-1));
    this.unit.addEventListener("change", () => this.selectUnit(this.unit.value));
    this.flipButton.addEventListener("click", () => this.flip());
    this.resetButton.addEventListener("click", () => this.zoom(0));
    this.container.addEventListener("keydown", (event) => this.onGraphKey(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    const { canvas } = this.graph;
    canvas.addEventListener("click", (event) => {
      const node = this.graph.nodeAt(event.clientX, event.clientY);
      if (node !== null) this.zoom(node);
    });
    canvas.addEventListener("mousemove", (event) => this.showTooltip(event));
    canvas.addEventListener("mouseleave", () => { this.tooltip.hidden = true; });
  }

  /** Shows a node and what is below it in the whole width. */
  zoom(node) {
    this.graph.zoomed = node;
    this.graph.layOut();
    this.resetButton.disabled = node === 0;
    this.showTrail(node);
    this.focus(node);
    this.showMatches();
  }

  /** The way from the root to what is zoomed to; of a long one the end. */
  showTrail(node) {
    const path = this.model.path(node);
    const left = path.length > TRAIL_LENGTH ? path.splice(1, path.length - TRAIL_LENGTH) : [];
    const items = path.map((part) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.model.title(part);
      if (part === node) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => this.zoom(part));
      item.append(button);
      return item;
    });
    if (left.length > 0) {
      const item = document.createElement("li");
      item.textContent = `${left.length} frames`;
      items.splice(1, 0, item);
    }
    this.trail.replaceChildren(...items);
  }

  /** Moves the mark of the keyboard; what is too narrow to be seen is zoomed to. */
  focus(node) {
    const { graph, model, item } = this;
    graph.focused = node;
    if (!graph.isShown(node)) {
      const parent = model.parent[node];
      graph.zoomed = parent;
      graph.layOut();
      const target = graph.isShown(node) ? parent : node;
      this.zoom(target);
      if (target !== node) this.focus(node);
      return;
    }
    this.live?.note();
    graph.scrollTo(node);
    const siblings = [...model.siblings(node)];
    item.setAttribute("aria-level", model.depth[node] + 1);
    item.setAttribute("aria-posinset", siblings.indexOf(node) + 1);
    item.setAttribute("aria-setsize", siblings.length);
    item.setAttribute("aria-selected", "true");
    if (model.firstChild(node) === null) item.removeAttribute("aria-expanded");
    else item.setAttribute("aria-expanded", "true");
    const text = Format.frame(model, node).join("; ");
    item.textContent = text;
    this.details.textContent = text;
  }

  flip() {
    this.graph.isFlipped = !this.graph.isFlipped;
    this.live?.note();
    this.flipButton.setAttribute("aria-pressed", String(this.graph.isFlipped));
    this.graph.layOut();
    this.container.scrollTop = this.graph.isFlipped ? this.container.scrollHeight : 0;
  }

  selectUnit(name) {
    this.model.selectUnit(name);
    this.table.sort();
    this.zoom(this.graph.zoomed);
  }

  find() {
    this.picked = null;
    this.search.run(this.input.value);
    this.showMatches();
  }

  /** Searches one function alone. */
  mark(name, object) {
    this.picked = object;
    this.search.runExactly(name, object);
    this.showMatches();
  }

  pick(name, object) {
    this.input.value = name;
    this.mark(name, object);
    this.step(1);
    this.container.focus();
  }

  step(direction) {
    const node = this.search.step(direction);
    if (node === null) return;
    const { graph, model } = this;
    if (!model.contains(graph.zoomed, node)) this.zoom(0);
    this.focus(node);
    this.showMatches();
  }

  showMatches() {
    this.live?.note();
    this.graph.matches = this.search.found;
    this.matches.textContent = this.search.summary(this.graph.zoomed);
    this.graph.requestDraw();
  }

  onSearchKey(event) {
    if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") this.endSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  endSearch() {
    this.input.value = "";
    this.find();
    this.container.focus();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Their keys are their own.
    if (/^(INPUT|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "/") this.input.focus();
    else if (event.key === "f") this.flip();
    else if (event.key === "Escape") this.escape();
    else return;
    event.preventDefault();
  }

  /** One step back: out of the search, or else out of the zoom. */
  escape() {
    if (this.search.isActive) this.endSearch();
    else this.zoom(0);
  }

  onGraphKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { graph, model } = this;
    const { focused } = graph;
    // Down is where the children are drawn, unless the graph is flipped.
    const vertical = ["ArrowUp", "ArrowDown"];
    const [towardsRoot, away] = graph.isFlipped ? vertical.reverse() : vertical;
    let target = null;
    switch (event.key) {
      case towardsRoot: target = focused === 0 ? null : model.parent[focused]; break;
      case away: target = model.firstChild(focused); break;
      case "ArrowLeft": target = model.previousSibling(focused); break;
      case "ArrowRight": target = model.nextSibling(focused); break;
      case "Home": target = 0; break;
      case "Enter": this.zoom(focused); break;
      default: return;
    }
    event.preventDefault();
    if (target === null) return;
    // A frame out of sight beside what is zoomed to is reached from further out.
    if (!model.contains(graph.zoomed, target) && !model.contains(target, graph.zoomed)) {
      this.zoom(model.parent[target]);
    }
    this.focus(target);
  }

  showTooltip(event) {
    const node = this.graph.nodeAt(event.clientX, event.clientY);
    this.tooltip.hidden = node === null;
    if (node === null) return;
    fill(this.tooltip, Format.frame(this.model, node));
    const box = this.tooltip.getBoundingClientRect();
    const left = Math.min(event.clientX + 12, innerWidth - box.width - 4);
    const below = event.clientY + 16;
    const fits = below + box.height < innerHeight;
    this.tooltip.style.left = `${Math.max(4, left)}px`;
    this.tooltip.style.top = `${Math.max(4, fits ? below : event.clientY - box.height - 8)}px`;
  }
}

const page = new Page(JSON.parse(document.getElementById("profile").textContent));
</script>
</body>
</html>

"""#
}
