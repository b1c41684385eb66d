// The card of one record: what it is, where its page is, and its neighbours to go on to.
import { element, recordLink, statusMark } from "./elements.js";

const MOST = 12;

export function fillCard(card, records, record, shape, { go, close }) {
  const { data } = records;
  const edges = [...records.edgesOf(record)];
  card.replaceChildren(
    element("button", { type: "button", class: "govkb-close", "aria-label": "Close", onclick: close }, "×"),
    element("p", { class: "govkb-kicker" }, shape, ` ${records.type(record).label}`),
    element("h2", {}, recordLink(records, record)),
    element("p", {}, data.titles[record]),
    element("p", { class: "govkb-marks" },
      statusMark(records.status(record)),
      data.date[record] ? element("time", { datetime: data.date[record] }, data.date[record]) : null),
    edges.length ? element("h3", {}, `${edges.length} relation${edges.length === 1 ? "" : "s"}`) : element("p", { class: "govkb-quiet" }, "No relations"),
    element("ul", {}, ...edges.slice(0, MOST).map((edge) => neighbour(records, record, edge, go))),
  );
  if (edges.length > MOST) {
    const more = `and ${edges.length - MOST} more`;
    card.append(element("p", { class: "govkb-quiet" }, `${more}; its page has all of them`));
  }
  card.hidden = false;
}

function neighbour(records, record, edge, go) {
  const other = records.other(edge, record);
  const isOut = records.ends(edge)[0] === record;
  const words = element("span", { class: "govkb-quiet" }, `${isOut ? "→" : "←"} ${records.relation(edge).toLowerCase()} `);
  const title = records.data.titles[other];
  const button = element("button", { type: "button", title, onclick: () => go(other) }, records.data.ids[other]);
  return element("li", {}, words, button);
}
