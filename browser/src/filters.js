// Which records and relations are shown, from what the reader chose.

// `choice`: hidden (a set of type numbers), status, relation, from, until, undated, focus, depth.
export function shown(records, choice) {
  const fits = new Uint8Array(records.count);
  for (let n = 0; n < records.count; n += 1) fits[n] = recordFits(records, n, choice) ? 1 : 0;
  const edges = new Uint8Array(records.edgeCount);
  for (let edge = 0; edge < records.edgeCount; edge += 1) {
    const [source, target] = records.ends(edge);
    const isKind = !choice.relation || records.relation(edge) === choice.relation;
    edges[edge] = isKind && fits[source] && fits[target] ? 1 : 0;
  }
  if (choice.relation) keepJoined(records, fits, edges);
  if (choice.focus !== null) fits[choice.focus] = 1;
  if (choice.focus !== null && choice.depth) keepNear(records, fits, edges, choice);
  return { nodes: fits, edges, count: sum(fits), edgeCount: sum(edges) };
}

function recordFits(records, n, choice) {
  const date = records.data.date[n];
  return !choice.hidden.has(records.data.type[n])
    && (!choice.status || records.status(n)?.text === choice.status)
    && (date ? isWithin(date, choice) : choice.undated);
}

function isWithin(date, { from, until }) {
  return (!from || date >= from) && (!until || date.slice(0, until.length) <= until);
}

function keepJoined(records, fits, edges) {
  const joined = new Uint8Array(records.count);
  for (let edge = 0; edge < records.edgeCount; edge += 1) {
    if (edges[edge]) for (const end of records.ends(edge)) joined[end] = 1;
  }
  fits.set(joined);
}

function keepNear(records, fits, edges, { focus, depth }) {
  const near = new Set([focus]);
  let edge = [focus];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const record of edge) {
      for (const each of records.edgesOf(record)) {
        const other = records.other(each, record);
        if (edges[each] && !near.has(other)) {
          near.add(other);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  for (let n = 0; n < records.count; n += 1) fits[n] &= near.has(n);
  for (let n = 0; n < records.edgeCount; n += 1) {
    if (edges[n]) edges[n] = records.ends(n).every((end) => near.has(end)) ? 1 : 0;
  }
}

function sum(flags) {
  return flags.reduce((total, flag) => total + flag, 0);
}
