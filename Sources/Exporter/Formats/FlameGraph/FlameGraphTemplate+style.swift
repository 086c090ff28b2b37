// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/page.css`, with the line break before it.
    static let style = #"""

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

"""#
}
