// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/4-comparison.js`, with the line break before it.
    static let comparison = #"""

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

"""#
}
