"use strict";

// Stands before the theme's search worker: it sees each question first and each answer last.
// A name of a record leads to that record, signs of a query language are only signs, and where the
// site has a full-text index, Pagefind answers instead.
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  const PREFIX = "nameis";
  const SHOWN = 15;
  const NAMED = 3;
  const post = self.postMessage.bind(self);
  const channel = new BroadcastChannel("govkb-search");
  const names = new Map();
  let pagefind = null;
  let asked = "";
  let number = 0;

  // lunr names the nodes of its word tree by their edges and writes "7" to node 12 as "712", just as
  // "71" to node 2 begins. Among many dates and ids two nodes come to share a name, the tree then
  // holds words that no page has, and the search gives up on them.
  Object.defineProperty(self, "lunr", {
    configurable: true,
    set(lunr) {
      lunr.TokenSet.prototype.toString = function () {
        if (this._str) return this._str;
        const edges = Object.keys(this.edges).sort().map((label) => `${label}${this.edges[label].id},`);
        return (this.final ? "1" : "0") + edges.join("");
      };
      Object.defineProperty(self, "lunr", { value: lunr, writable: true, configurable: true });
    },
  });

  addEventListener("message", (event) => {
    const message = event.data;
    if (message.type === SETUP) setUp(message.data, event);
    else if (message.type === QUERY && pagefind) {
      event.stopImmediatePropagation();
      answer(message.data, ++number);
    } else if (message.type === QUERY) {
      asked = message.data;
      message.data = withoutSigns(asked);
    }
  });

  self.postMessage = (message) => {
    if (message.type === RESULT) message.data.items = namedFirst(message.data.items);
    post(message);
  };

  function setUp({ docs }, event) {
    if (docs.length === 1 && docs[0].location === "pagefind/") {
      event.stopImmediatePropagation();
      // Relative to this worker: assets/javascripts/workers/.
      const address = new URL("../../../pagefind/pagefind.js", self.location).href;
      pagefind = import(address).then(async (found) => {
        await found.options({ excerptLength: 30 });
        await found.init();
        return found;
      });
      pagefind.then(() => post({ type: READY }), (error) => console.error(String(error)));
      return;
    }
    for (const doc of docs) {
      if (doc.location.includes("#")) continue;
      const last = doc.location.replace(/\/$|\.html$/, "").split("/").pop();
      for (const name of [last, ...(doc.tags ?? []).map(plain)]) {
        const key = collapsed(name);
        if (key && !names.get(key)?.includes(doc)) names.set(key, [...(names.get(key) ?? []), doc]);
      }
    }
  }

  // A colon, a caret, a star and a dash before a word would each be an order to the search, and at
  // a dash after a word, which somebody is still typing, it would give up.
  function withoutSigns(query) {
    return query.replace(/[:^~*\\]/g, " ").replace(/(^|\s)[+\-#]+/g, "$1")
      .replace(/[^\p{L}\p{N}"]+(?=\s|$)/gu, "");
  }

  // What might be a name in a question: all of it, or a word with a digit or a dash in it.
  function candidates(query) {
    const words = query.split(/\s+/).filter((word) => /.[\d\-]|[\d\-]./.test(word));
    const keys = [query, ...words].map(collapsed).filter((key) => key.length > 1);
    return [...new Set(keys)].slice(0, NAMED);
  }

  function collapsed(name) {
    return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  }

  function plain(html) {
    return html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  }

  function namedFirst(items) {
    const wanted = candidates(asked).flatMap((key) => names.get(key) ?? []);
    const locations = new Set(wanted.map((doc) => doc.location));
    const isWanted = (item) => item.some(({ location }) => locations.has(location));
    const found = items.filter(isWanted);
    const missing = wanted.filter((doc) =>
      !found.some((item) => item.some(({ location }) => location === doc.location)));
    const best = Math.max(0, ...items.flat().map((doc) => doc.score)) + 1;
    const added = missing.map((doc) => [{ ...doc, tags: undefined, text: "", terms: {} }]);
    const first = [...added, ...found].map((item) => item.map((doc) =>
      locations.has(doc.location) ? { ...doc, score: best } : doc));
    return [...first, ...items.filter((item) => !isWanted(item))];
  }

  // The answer of Pagefind in the shape of the theme's own.
  async function answer(query, mine) {
    try {
      const engine = await pagefind;
      const known = await engine.filters();
      const { text, filters } = parsed(query, known);
      const isEmpty = !text && !Object.keys(filters).length;
      const [named, found] = isEmpty ? [[], { results: [], filters: known }] : await Promise.all([
        byName(engine, text, filters), engine.search(text || null, { filters })]);
      const results = await Promise.all(found.results.slice(0, SHOWN).map((one) => one.data()));
      // Meanwhile somebody typed on.
      if (mine !== number) return;
      const first = new Set(named.map((one) => one.meta.address));
      const all = [...named, ...results.filter((one) => !first.has(one.meta.address))];
      // The page that one goes to marks these.
      const terms = Object.fromEntries(text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean).map((word) => [word, true]));
      const items = all.map((one, at) => item(one, all.length - at, terms));
      post({ type: RESULT, data: { items } });
      const total = Math.max(found.results.length, all.length);
      channel.postMessage({ query, total, shown: all.length, counts: found.filters, filters, known });
    } catch (error) {
      console.error(String(error));
      if (mine === number) post({ type: RESULT, data: { items: [] } });
    }
  }

  // `severity:high` narrows down; what no facet has is a word like any other.
  function parsed(query, known) {
    const filters = {};
    const text = query.replace(/(\w+):(?:"([^"]*)"|(\S+))/g, (whole, name, quoted, word) => {
      const wanted = (quoted ?? word).toLowerCase();
      const value = Object.keys(known[name] ?? {}).find((one) => one.toLowerCase() === wanted);
      if (value === undefined) return whole;
      filters[name] = [value];
      return "";
    });
    return { text: text.replace(/(^|\s)[+\-#]+/g, "$1").trim(), filters };
  }

  // Each record holds its names as words that nothing else has.
  async function byName(engine, text, filters) {
    const keys = candidates(text);
    const found = await Promise.all(keys.map(async (key) => {
      const { results } = await engine.search(PREFIX + key, { filters });
      const records = await Promise.all(results.slice(0, NAMED).map((one) => one.data()));
      return records.filter(({ meta }) =>
        (meta.names ?? "").split("|").some((name) => collapsed(name) === key));
    }));
    const all = new Map(found.flat().map((one) => [one.meta.address, one]));
    return [...all.values()];
  }

  function item(result, score, terms) {
    const { address, title } = result.meta;
    // The first section is as good as the page, so that the theme shows it at once.
    const sections = (result.sub_results ?? []).filter((one) => one.anchor).slice(0, 3)
      .map(({ anchor, title, excerpt }, at) =>
        doc(`${address}#${encodeURIComponent(anchor.id)}`, title, excerpt, score - at / 10, terms));
    const isName = result.excerpt.includes(PREFIX);
    const excerpt = sections.length || isName ? "" : result.excerpt;
    return [doc(address, title, excerpt, score, terms), ...sections];
  }

  // The theme takes both for HTML. Pagefind has escaped excerpts, in which only marks are elements.
  function doc(location, title, excerpt, score, terms) {
    const safe = excerpt.replace(/<(?!\/?mark>)/g, "&lt;");
    return { location, title: escaped(title), text: safe && `<p>${safe}</p>`, terms, score };
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
})();
