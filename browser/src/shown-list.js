// What the picture shows, as a list that is made while it is open, some records at a time.
import { element, recordLink, statusMark } from "./elements.js";

const STEP = 100;

export function shownList(details, records) {
  const list = details.querySelector("ul");
  const more = details.querySelector("button");
  let numbers = [];
  let written = 0;

  details.addEventListener("toggle", restart);
  more.addEventListener("click", write);

  function restart() {
    list.replaceChildren();
    written = 0;
    if (details.open) write();
  }

  function write() {
    for (const record of numbers.slice(written, written + STEP)) list.append(line(record));
    written = Math.min(written + STEP, numbers.length);
    more.hidden = written === numbers.length;
    more.textContent = `${Math.min(STEP, numbers.length - written)} more`;
  }

  function line(record) {
    const mark = statusMark(records.status(record));
    const count = records.degrees[record];
    const relations = element("span", { class: "govkb-quiet" }, ` ${count} relation${count === 1 ? "" : "s"}`);
    return element("li", {}, recordLink(records, record), ` ${records.data.titles[record]} `, mark, relations);
  }

  return (flags) => {
    numbers = [];
    flags.forEach((flag, n) => { if (flag) numbers.push(n); });
    restart();
  };
}
