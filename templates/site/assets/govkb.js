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
