// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/1-model.js`, with the line break before it.
    static let model = #"""

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

"""#
}
