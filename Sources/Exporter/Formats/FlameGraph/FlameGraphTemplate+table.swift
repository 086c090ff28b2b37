// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file
// Written by Scripts/generate-page.py from the files in Page; change those.

extension FlameGraphTemplate {
    /// `Page/5-table.js`, with the line break before it.
    static let table = #"""

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

"""#
}
