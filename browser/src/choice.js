// What the reader chose: in the form, and in the address of the page, so that it can be sent on.

// A record without a day is in no span of time, and stays unless the reader wants it away.
const FIELDS = ["status", "relation", "from", "until", "depth"];

export function choiceOf(form, focus) {
  const boxes = [...form.querySelectorAll("[name=type]")];
  return {
    hidden: new Set(boxes.filter((box) => !box.checked).map((box) => Number(box.value))),
    status: form.elements.status.value,
    relation: form.elements.relation.value,
    from: form.elements.from.value,
    until: form.elements.until.value,
    undated: form.elements.undated?.checked ?? true,
    depth: Number(form.elements.depth.value),
    focus,
  };
}

export function readAddress(form, records) {
  const state = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");
  for (const name of FIELDS) form.elements[name].value = state.get(name) ?? "";
  if (form.elements.undated) form.elements.undated.checked = state.get("undated") !== "no";
  const without = new Set((state.get("without") ?? "").split("|"));
  for (const box of form.querySelectorAll("[name=type]")) {
    box.checked = !without.has(records.data.types[box.value].label);
  }
  return records.numbers.get(state.get("focus") ?? "") ?? null;
}

export function writeAddress(form, records, choice) {
  const state = new URLSearchParams();
  if (choice.focus !== null) state.set("focus", records.data.ids[choice.focus]);
  for (const name of FIELDS) if (form.elements[name].value) state.set(name, form.elements[name].value);
  const without = [...choice.hidden].map((number) => records.data.types[number].label);
  if (without.length) state.set("without", without.join("|"));
  if (!choice.undated) state.set("undated", "no");
  history.replaceState(null, "", [...state].length ? `#?${state}` : location.pathname);
}
