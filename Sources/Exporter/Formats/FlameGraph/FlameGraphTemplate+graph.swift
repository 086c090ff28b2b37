// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/3-graph.js`, with the line break before it.
    static let graph = #"""

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

"""#
}
