"use strict";

// Filters and sorts tables of records. Without it each is a plain table, on several pages where it
// is long. The state is in the address; only the rows near the window are in the document.
(() => {
  const CHUNK = 100;
  const MARGIN = "1500px 0px";
  const collator = new Intl.Collator(undefined, { numeric: true });

  if (window.document$) window.document$.subscribe(start);
  else start();

  function start() {
    for (const table of document.querySelectorAll("table[data-govkb]")) {
      // The theme wraps tables and comes back to them.
      if (!("live" in table.dataset)) enliven(table);
    }
  }

  function enliven(table) {
    table.dataset.live = "";
    const form = document.querySelector(".govkb-filter");
    const pages = document.querySelector(".govkb-pages");
    const heads = [...table.tHead.rows[0].cells];
    const total = table.tBodies[0].rows.length;
    const state = stateOf(location.hash);
    const facets = [...form.elements].map((field) => field.name)
      .filter((name) => name && name !== "text");
    let records = null;
    let shown = null;

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        state.set("sort", (descending ? "-" : "") + head.dataset.column);
        apply();
      });
      head.append(button);
      head.setAttribute("aria-sort", "none");
    }
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = state.get(field.name) ?? "";
      field.addEventListener("input", () => {
        if (field.value) state.set(field.name, field.value);
        else state.delete(field.name);
        apply();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      for (const name of [...state.keys()]) if (name !== "sort") state.delete(name);
      apply();
      form.elements.text.focus();
    });
    // What a browser can't fetch from disk it can't filter either.
    const isComplete = "rows" in table.dataset;
    form.hidden = isComplete ? total < 2 : location.protocol === "file:";
    form.toggleAttribute("data-off", form.hidden);

    if ([...state].length) apply();
    else if (!isComplete) {
      // All rows are fetched once somebody wants more than what the page holds.
      form.addEventListener("pointerenter", load, { once: true });
      form.addEventListener("focusin", load, { once: true });
      const nearEnd = new IntersectionObserver((seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        nearEnd.disconnect();
        apply();
      }, { rootMargin: MARGIN });
      nearEnd.observe(pages);
    }

    function load() {
      records ??= (isComplete
        ? Promise.resolve(JSON.parse(table.dataset.rows))
        : fetch(new URL(table.dataset.source, document.baseURI)).then((answer) => answer.json())
      ).then((data) => new Records(data, facets));
      return records;
    }

    async function apply() {
      let all;
      try {
        all = await load();
      } catch {
        records = null;
        form.querySelector("output").value = "The other rows can't be had.";
        return;
      }
      const { fitting, counts } = all.select(state);
      const by = state.get("sort") ?? "";
      const rows = all.sorted(fitting, by);
      for (const head of heads) {
        const isBy = head.dataset.column === by.replace(/^-/, "");
        head.setAttribute("aria-sort", !isBy ? "none" : by.startsWith("-") ? "descending" : "ascending");
      }
      showCounts(form, counts, all);
      const isFiltered = [...state.keys()].some((name) => name !== "sort");
      form.querySelector("output").value = rows.length ? isFiltered
        ? `${rows.length} of ${all.rows.length}` : "" : "No record fits.";
      form.querySelector("button").hidden = !isFiltered;
      if (pages) pages.hidden = true;
      const address = [...state].length ? `#?${state}` : location.pathname + location.search;
      if (location.hash !== address) history.replaceState(null, "", address);
      shown ??= new Window(table, all);
      shown.show(rows);
    }
  }

  function stateOf(hash) {
    return new URLSearchParams(hash.startsWith("#?") ? hash.slice(2) : "");
  }

  // How many rows there would be with each choice, the other choices staying as they are.
  function showCounts(form, counts, all) {
    for (const [name, numbers] of Object.entries(counts)) {
      for (const option of form.elements[name].options) {
        if (!option.value) continue;
        const number = numbers[all.choices[name].codes.get(option.value)] ?? 0;
        const text = `${option.value} (${number})`;
        if (option.text !== text) option.text = text;
      }
    }
  }

  // All rows of a table as arrays, with what one searches and sorts by prepared.
  class Records {
    constructor({ columns, fields, suffix, lists, rows }, facets) {
      this.columns = columns;
      this.suffix = suffix;
      this.lists = lists;
      this.rows = rows;
      this.at = Object.fromEntries(fields.map((name, index) => [name, index]));
      this.orders = {};
      this.coded = columns.filter(([, , kind]) => kind === "choice" || kind === "mark")
        .map(([name]) => name);
      this.texts = rows.map((row) => this.textOf(row));
      this.choices = Object.fromEntries(facets.map((name) => [name, this.choicesOf(name)]));
    }

    // The text of a property that is a number into a list.
    text(name, code) {
      if (code < 0) return "";
      const item = this.lists[name][code];
      return Array.isArray(item) ? item[0] : item;
    }

    textOf(row) {
      const found = [row[this.at.id], row[this.at.title], row[this.at.date]];
      for (const name of this.coded) found.push(this.text(name, row[this.at[name]]));
      for (const code of row[this.at.tags]) found.push(this.lists.tags[code]);
      return found.join("\n").toLowerCase();
    }

    // The number of each value of a facet, and which of them each row has.
    choicesOf(name) {
      if (name !== "year") {
        const codes = this.lists[name].map((_, code) => [this.text(name, code), code]);
        return { codes: new Map(codes), of: this.rows.map((row) => row[this.at[name]]) };
      }
      const years = new Map();
      const of = this.rows.map((row) => {
        const year = row[this.at.date].slice(0, 4);
        if (year && !years.has(year)) years.set(year, years.size);
        return years.get(year) ?? -1;
      });
      return { codes: years, of };
    }

    // The rows that fit the state, and for each choice how many would fit with it.
    select(state) {
      const words = (state.get("text") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const names = Object.keys(this.choices);
      const wanted = names.map((name) => {
        const value = state.get(name);
        return value ? this.choices[name].codes.get(value) ?? -2 : null;
      });
      const codes = names.map((name) => this.choices[name].of);
      const counts = names.map((name) => new Uint32Array(this.choices[name].codes.size));
      const fitting = [];
      for (let row = 0; row < this.rows.length; row++) {
        const text = this.texts[row];
        if (!words.every((word) => text.includes(word))) continue;
        let misses = 0;
        let missed = -1;
        for (let facet = 0; facet < names.length && misses < 2; facet++) {
          if (wanted[facet] === null || has(codes[facet][row], wanted[facet])) continue;
          misses++;
          missed = facet;
        }
        if (misses > 1) continue;
        if (!misses) fitting.push(row);
        for (let facet = 0; facet < names.length; facet++) {
          if (!misses || facet === missed) count(counts[facet], codes[facet][row]);
        }
      }
      return { fitting, counts: Object.fromEntries(names.map((name, at) => [name, counts[at]])) };
    }

    sorted(rows, by) {
      const name = by.replace(/^-/, "");
      if (!this.columns.some((column) => column[0] === name)) return rows;
      const order = this.orders[name] ??= this.orderBy(name);
      const sign = by.startsWith("-") ? -1 : 1;
      return [...rows].sort((a, b) => (order[a] - order[b]) * sign || a - b);
    }

    // The place of each row in the order of a column; what has nothing there comes last.
    orderBy(name) {
      const at = this.at[name];
      if (this.coded.includes(name)) {
        const items = this.lists[name] ?? [];
        const codes = items.map((_, code) => code).sort((a, b) => Array.isArray(items[a])
          ? items[a][3] - items[b][3] : collator.compare(items[a], items[b]));
        const places = new Map(codes.map((code, place) => [code, place]));
        return this.rows.map((row) => places.get(row[at]) ?? codes.length);
      }
      if (name === "in" || name === "out") return this.rows.map((row) => row[at]);
      const order = new Uint32Array(this.rows.length);
      this.rows.map((row, index) => [row[at], index])
        .sort(([a, i], [b, j]) => !a - !b || collator.compare(a, b) || i - j)
        .forEach(([, index], place) => { order[index] = place; });
      return order;
    }
  }

  function has(codes, wanted) {
    return Array.isArray(codes) ? codes.includes(wanted) : codes === wanted;
  }

  function count(counts, codes) {
    if (Array.isArray(codes)) for (const code of codes) counts[code]++;
    else if (codes >= 0) counts[codes]++;
  }

  // The part of a table that is near the window; the rest is empty space of the same height.
  class Window {
    constructor(table, records) {
      this.table = table;
      this.records = records;
      this.heads = [...table.tHead.rows[0].cells];
      this.height = 40;
      this.parts = new Map();
      this.observer = new IntersectionObserver((seen) => this.move(seen), { rootMargin: MARGIN });
      let width = window.innerWidth;
      window.addEventListener("resize", () => {
        // On a phone the height changes while one scrolls.
        if (window.innerWidth === width) return;
        width = window.innerWidth;
        this.show(this.rows);
      });
    }

    show(rows) {
      this.rows = rows;
      this.observer.disconnect();
      this.parts.clear();
      this.loosen();
      const bodies = [];
      for (let start = 0; start < rows.length || start === 0; start += CHUNK) {
        const body = document.createElement("tbody");
        this.parts.set(body, { start, height: 0 });
        bodies.push(body);
      }
      this.fill(bodies[0]);
      for (const body of [...this.table.tBodies]) body.remove();
      this.table.append(bodies[0]);
      this.table.setAttribute("aria-rowcount", rows.length + 1);
      if (bodies.length === 1) return;
      this.fasten();
      this.height = bodies[0].offsetHeight / bodies[0].rows.length;
      for (const body of bodies.slice(1)) this.clear(body);
      this.table.append(...bodies.slice(1));
      for (const body of bodies) this.observer.observe(body);
    }

    move(seen) {
      for (const { target, isIntersecting } of seen) {
        const part = this.parts.get(target);
        if (!part) continue;
        if (isIntersecting && target.className) this.fill(target);
        else if (!isIntersecting && !target.className && !target.contains(document.activeElement)) {
          part.height = target.offsetHeight;
          this.clear(target);
        }
      }
    }

    fill(body) {
      const { start } = this.parts.get(body);
      const rows = this.rows.slice(start, start + CHUNK);
      body.className = "";
      body.replaceChildren(...rows.map((row, index) => this.row(row, start + index + 2)));
    }

    clear(body) {
      const { start, height } = this.parts.get(body);
      const cell = document.createElement("td");
      cell.colSpan = this.heads.length;
      const number = Math.min(CHUNK, this.rows.length - start);
      cell.style.height = `${height || number * this.height}px`;
      const row = document.createElement("tr");
      row.setAttribute("aria-hidden", "true");
      row.append(cell);
      body.className = "govkb-ahead";
      body.replaceChildren(row);
    }

    // The widths of the first rows stay, else every part that comes would move the columns.
    fasten() {
      const widths = this.heads.map((head) => head.offsetWidth);
      this.heads.forEach((head, index) => { head.style.width = `${widths[index]}px`; });
      // No class: the theme styles tables without one.
      this.table.dataset.fixed = "";
    }

    loosen() {
      for (const head of this.heads) head.style.width = "";
      delete this.table.dataset.fixed;
    }

    row(index, place) {
      const row = document.createElement("tr");
      row.setAttribute("aria-rowindex", place);
      for (const [name, , kind] of this.records.columns) row.append(this.cell(index, name, kind));
      return row;
    }

    cell(index, name, kind) {
      const { rows, at, lists } = this.records;
      const cell = document.createElement("td");
      const value = rows[index][at[name]];
      if (kind === "id") cell.append(identity(value));
      else if (kind === "text") cell.append(this.link(rows[index], value));
      else if (kind === "mark") {
        if (value >= 0) cell.append(mark(lists[name][value]));
      } else cell.textContent = kind === "choice" ? this.records.text(name, value) : value;
      if (kind === "date") cell.className = "govkb-date";
      if (kind === "number") cell.className = "govkb-right";
      return cell;
    }

    link(row, title) {
      const { at, lists, suffix } = this.records;
      const place = row[at.place];
      if (place < 0) return title;
      const found = document.createElement("a");
      found.textContent = title;
      found.href = lists.place[place] + encodeURIComponent(row[at.id]) + suffix;
      return found;
    }
  }

  function identity(id) {
    const found = document.createElement("span");
    found.className = "govkb-id";
    found.textContent = id;
    return found;
  }

  function mark([text, shape, kind]) {
    const found = document.createElement("span");
    found.className = `govkb-mark govkb-${kind}`;
    const picture = document.createElement("span");
    picture.setAttribute("aria-hidden", "true");
    picture.textContent = shape;
    found.append(picture, ` ${text}`);
    return found;
  }
})();
