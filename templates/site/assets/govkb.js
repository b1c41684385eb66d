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

// A record: how long ago something was, and addresses that can be copied. The theme does the copying.
{
  const units = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

  function age(time) {
    const moment = new Date(time.dateTime);
    const seconds = (moment - Date.now()) / 1000;
    if (Number.isNaN(seconds)) return "";
    const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1);
    const isDay = time.dateTime.length === 10;
    const [named, size] = isDay && length < 86400 ? ["day", 86400] : [unit, length];
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });
    return words.format(Math.trunc(seconds / size), named);
  }

  function enlivenRecord() {
    for (const time of document.querySelectorAll("time[data-govkb-ago]")) {
      time.removeAttribute("data-govkb-ago");
      time.title = age(time);
      if (time.title && time.closest(".govkb-card")) {
        const words = document.createElement("span");
        words.className = "govkb-ago";
        words.textContent = time.title;
        time.after(" ", words);
      }
    }
    for (const button of document.querySelectorAll("button[data-govkb-cite]")) {
      const address = new URL(button.dataset.govkbAddress, location);
      button.dataset.clipboardText = `[${button.dataset.govkbCite}](${address})`;
      button.hidden = false;
      const source = document.querySelector(".govkb-source a");
      if (source) source.dataset.govkbPrint = address;
    }
    for (const link of document.querySelectorAll("a.govkb-entry")) {
      link.dataset.clipboardText = link.href;
      link.title = "Copy the address of this entry";
    }
  }

  // With instant navigation the theme says when there is another page.
  if (window.document$) window.document$.subscribe(enlivenRecord);
  else enlivenRecord();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll(".md-content details")) details.open = true;
  });
}
