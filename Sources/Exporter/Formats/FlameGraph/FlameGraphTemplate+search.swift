// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/4-search.js`, with the line break before it.
    static let search = #"""

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

"""#
}
