// Makes elements. Text is only ever text: nothing that a record says becomes HTML.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// The id of a record as a link to its page, where it has one.
export function recordLink(records, record) {
  const id = element("span", { class: "govkb-id" }, records.data.ids[record]);
  const href = records.page(record);
  return href ? element("a", { href }, id) : id;
}

// A status as a shape and a word, as on every other page.
export function statusMark(status) {
  if (!status) return null;
  const shape = element("span", { "aria-hidden": "true" }, status.shape);
  return element("span", { class: `govkb-mark govkb-${"status-"}${status.kind}` }, shape, ` ${status.text}`);
}
