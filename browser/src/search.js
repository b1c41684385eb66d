// Finds records by the words of their ids and titles, as one types: a combobox with a list below it.
import { element } from "./elements.js";

const MOST = 12;

export function searchIn(field, list, records, go) {
  let texts = null;
  let found = [];
  let at = -1;

  field.addEventListener("input", () => show(find(field.value)));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found.length) choose(found[Math.max(at, 0)]);
    } else if (event.key === "Escape") {
      show([]);
    }
  });
  field.addEventListener("blur", () => show([]));

  function find(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    texts ??= records.data.ids.map((id, n) => `${id} ${records.data.titles[n]}`.toLowerCase());
    const first = [];
    const others = [];
    for (let n = 0; n < records.count && first.length < MOST; n += 1) {
      if (!words.every((word) => texts[n].includes(word))) continue;
      if (texts[n].startsWith(words[0])) first.push(n);
      else if (others.length < MOST) others.push(n);
    }
    const exact = records.data.ids.findIndex((id) => id.toLowerCase() === text.trim().toLowerCase());
    return [...new Set([...(exact < 0 ? [] : [exact]), ...first, ...others])].slice(0, MOST);
  }

  function show(records_) {
    found = records_;
    list.replaceChildren(...found.map((record, n) => option(record, n)));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  }

  function option(record, n) {
    const id = element("span", { class: "govkb-id" }, records.data.ids[record]);
    return element("li", {
      role: "option",
      id: `${list.id}-${n}`,
      // Before the field loses the focus, which closes the list.
      onpointerdown: (event) => { event.preventDefault(); choose(record); },
    }, id, ` ${records.data.titles[record]}`);
  }

  function mark(number) {
    at = found.length ? Math.max(-1, Math.min(number, found.length - 1)) : -1;
    [...list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(record) {
    show([]);
    field.value = records.data.ids[record];
    go(record);
  }
}
