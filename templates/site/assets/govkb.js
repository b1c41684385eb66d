"use strict";

// A site opened from disk has no server that would find the index of a folder.
if (location.protocol === "file:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const address = link && new URL(link.getAttribute("href"), document.baseURI);
    if (address?.protocol === "file:" && address.pathname.endsWith("/")) {
      address.pathname += "index.html";
      link.setAttribute("href", address);
    }
  }, true);
}

for (const table of document.querySelectorAll("table[data-govkb]")) enliven(table);

// Filters and sorts a table of records. Without it, it is a plain table in a sensible order.
function enliven(table) {
  const form = document.querySelector(".govkb-filter");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const names = heads.map((head) => head.dataset.column);
  const state = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      state.set("sort", (descending ? "-" : "") + names[column]);
      apply();
    });
    head.append(button);
    head.setAttribute("aria-sort", "none");
  });

  for (const field of form.elements) {
    if (field.name) {
      field.value = state.get(field.name) ?? "";
      field.addEventListener("input", () => {
        if (field.value) state.set(field.name, field.value);
        else state.delete(field.name);
        apply();
      });
    }
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = rows.length < 2;
  if ([...state].length) apply();

  function apply() {
    sort(state.get("sort"));
    const words = (state.get("text") ?? "").toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && names.every((name, column) => {
        const wanted = form.elements[name] ? state.get(name) : null;
        return !wanted || label(row.cells[column]) === wanted;
      });
      row.hidden = !fits;
      shown += fits;
    }
    form.querySelector("output").value = shown === rows.length ? "" : `${shown} of ${rows.length}`;
    history.replaceState(null, "", [...state].length ? `#?${state}` : location.pathname);
  }

  function sort(by) {
    if (!by) return;
    const descending = by.startsWith("-");
    const column = names.indexOf(by.replace(/^-/, ""));
    if (column < 0) return;
    heads.forEach((head, at) => head.setAttribute(
      "aria-sort", at !== column ? "none" : descending ? "descending" : "ascending"));
    rows.sort((a, b) => compare(a.cells[column], b.cells[column]) * (descending ? -1 : 1));
    table.tBodies[0].append(...rows);
  }
}

function label(cell) {
  const mark = cell.querySelector(".govkb-mark");
  return (mark ? mark.lastChild.textContent : cell.textContent).trim();
}

function compare(a, b) {
  const [left, right] = [a, b].map((cell) => cell.dataset.rank ?? cell.textContent.trim());
  return left.localeCompare(right, undefined, { numeric: true });
}
