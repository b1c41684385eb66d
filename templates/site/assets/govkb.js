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

// What the theme leaves without a name: the search, and the parts of the navigation that have a page
// of their own. Those who hear the page would only hear "dialog" and "navigation".
{
  function name() {
    const search = document.querySelector(".md-search[role=dialog]:not([aria-label])");
    if (search) search.setAttribute("aria-label", search.querySelector("input")?.placeholder || "Search");
    for (const part of document.querySelectorAll("nav[aria-labelledby]")) {
      if (document.getElementById(part.getAttribute("aria-labelledby"))?.textContent.trim()) continue;
      const title = part.closest("li")?.querySelector("a")?.textContent.trim();
      if (!title) continue;
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", title);
    }
  }

  if (window.document$) window.document$.subscribe(name);
  else name();
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

// An address that leads nowhere: offers the records whose id it has, and a search for it.
{
  const missing = document.querySelector(".govkb-missing");
  if (missing) offer(missing);

  async function offer(place) {
    const { ids, root, home } = place.dataset;
    const words = wordsOf(location.pathname.slice(root.length));
    if (!words.length) return;
    const search = document.createElement("p");
    search.append("Search for ", ...joined(words.slice(-2).reverse().map((word) =>
      link(`${home}?q=${encodeURIComponent(word)}`, `“${word}”`))));
    place.append(search);
    const answer = await fetch(ids).catch(() => null);
    if (!answer?.ok) return;
    const known = await answer.json();
    const found = alike(words, known).slice(0, 10);
    if (!found.length) return;
    const list = document.createElement("ul");
    for (const [folder, id] of found) {
      const item = document.createElement("li");
      item.append(link(`${root}${encodeURI(folder)}/${id}${known.ending}`, id));
      list.append(item);
    }
    const heading = document.createElement("p");
    heading.textContent = found.length === 1 ? "This may be it:" : "These may be it:";
    place.prepend(heading, list);
  }

  // The parts of an address as words, without the endings of files.
  function wordsOf(path) {
    let plain = path;
    try { plain = decodeURIComponent(path); } catch { /* as it is written */ }
    return plain.split("/").map((part) => part.replace(/\.(?:html|md)$/i, "")).filter(
      (part) => part && part !== "index");
  }

  // The records that the last word names, or the one before it: exactly, by the beginning, or nearly.
  function alike(words, known) {
    const all = Object.entries(known.ids).flatMap(([folder, ids]) => ids.map((id) => [folder, id]));
    for (const word of [...words].reverse().map((word) => word.toLowerCase())) {
      for (const fits of [
        (id) => id === word,
        (id) => word.startsWith(`${id}-`) || word.startsWith(`${id}.`),
        (id) => word.length > 2 && id.includes(word),
        (id) => word.length > 4 && isNear(id, word),
      ]) {
        const found = all.filter(([, id]) => fits(id.toLowerCase()));
        if (found.length) return found;
      }
    }
    return [];
  }

  // Whether one letter was left out, added, changed, or swapped with the next.
  function isNear(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    let end = 0;
    const most = Math.min(one.length, other.length) - start;
    while (end < most && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const rest = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
    const isSwap = rest[0].length === 2 && rest[0] === [...rest[1]].reverse().join("");
    return isSwap || (rest[0].length <= 1 && rest[1].length <= 1);
  }

  function link(href, text) {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  }

  function joined(links) {
    return links.flatMap((made, number) => (number ? [" or ", made] : [made]));
  }
}
