"use strict";

// Choices beside the results of a full-text search. They are part of the question itself
// (`severity:high`), so that whoever types can type them, and a shared address holds them.
(() => {
  const ORDER = ["type", "status", "severity", "year"];
  const field = document.querySelector("input.md-search__input");
  const result = document.querySelector(".md-search-result");
  if (!field || !result || !window.BroadcastChannel) return;

  // Pages in other windows ask as well: only what answers this page's question counts.
  new BroadcastChannel("govkb-search").addEventListener("message", ({ data }) => {
    if (data.query === field.value) show(data);
  });

  let box = null;

  function show({ total, shown, counts, filters, known }) {
    box ??= made();
    for (const name of ORDER) {
      const label = box.querySelector(`[data-facet="${name}"]`);
      const values = Object.keys(known[name] ?? {});
      label.hidden = values.length < 2;
      if (name === "year") values.reverse();
      const chosen = filters[name]?.[0] ?? "";
      // Pagefind counts what all choices leave; with one made, the others of its kind have none.
      const number = (value) => counts?.[name]?.[value] ?? 0;
      const options = values.filter((value) => chosen || number(value)).map((value) =>
        new Option(chosen ? value : `${value} (${number(value)})`, value));
      label.querySelector("select").replaceChildren(new Option("all", ""), ...options);
      label.querySelector("select").value = chosen;
    }
    const meta = result.querySelector(".md-search-result__meta");
    if (total > shown) meta.textContent = `${total} matching pages, the best ${shown} of them:`;
  }

  function made() {
    const found = document.createElement("div");
    found.className = "govkb-facets";
    found.setAttribute("role", "group");
    found.setAttribute("aria-label", "Narrow the results down");
    for (const name of ORDER) {
      const label = document.createElement("label");
      label.dataset.facet = name;
      const select = document.createElement("select");
      select.addEventListener("change", () => choose(name, select.value));
      label.append(name[0].toUpperCase() + name.slice(1), " ", select);
      found.append(label);
    }
    // The theme takes arrows and letters for its own while the search is open.
    found.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") event.stopPropagation();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || event.shiftKey) return;
      const first = found.querySelector("label:not([hidden]) select");
      if (!first) return;
      event.preventDefault();
      event.stopPropagation();
      first.focus();
    });
    result.before(found);
    return found;
  }

  function choose(name, value) {
    const others = field.value.replace(new RegExp(`\\b${name}:("[^"]*"|\\S+)\\s*`, "g"), "").trim();
    const written = /\s/.test(value) ? `"${value}"` : value;
    field.value = [value && `${name}:${written}`, others].filter(Boolean).join(" ") + (others ? "" : " ");
    field.dispatchEvent(new KeyboardEvent("keyup"));
  }
})();
