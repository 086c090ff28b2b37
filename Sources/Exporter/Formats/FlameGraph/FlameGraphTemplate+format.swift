// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/2-format.js`, with the line break before it.
    static let format = #"""

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

"""#
}
