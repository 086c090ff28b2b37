// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/5-live.js`, with the line break before it.
    static let live = #"""

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

"""#
}
