// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/6-page.js`, with the line break before it.
    static let page = #"""

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

"""#
}
