// The page of the graph: takes the place of the still picture once the graph's data is there.
import { choiceOf, readAddress, writeAddress } from "./choice.js";
import { fillCard } from "./card.js";
import { Records, VERSION } from "./data.js";
import { shown } from "./filters.js";
import { Picture } from "./picture.js";
import { searchIn } from "./search.js";
import { shownList } from "./shown-list.js";

// Below this width, in CSS pixels, filters are folded up.
const WIDE = 720;

const explorer = document.querySelector("[data-govkb-graph]");
if (explorer) begin();

async function begin() {
  try {
    if (location.protocol === "file:") {
      throw new Error("a page that was opened from disk may not read the graph's data");
    }
    if (!hasWebGL()) throw new Error("this browser has no WebGL");
    const answer = await fetch(explorer.dataset.govkbGraph);
    if (!answer.ok) throw new Error("the graph's data is missing");
    const data = await answer.json();
    if (data.version !== VERSION) throw new Error("the graph's data is of another version");
    open(new Records(data));
  } catch (error) {
    explorer.hidden = true;
    setStill(true);
    const note = document.querySelector("[data-govkb-note]");
    note.textContent = `The picture stands still: ${error.message}.`;
    note.hidden = false;
  }
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

function setStill(isStill) {
  for (const part of document.querySelectorAll("[data-govkb-still]")) part.hidden = !isStill;
}

function open(records) {
  const form = explorer.querySelector("form");
  const card = explorer.querySelector(".govkb-node-card");
  const stage = explorer.querySelector(".govkb-canvas");
  explorer.hidden = false;
  explorer.querySelector(".govkb-more").open = innerWidth >= WIDE;
  setStill(false);
  const list = shownList(explorer.querySelector(".govkb-shown"), records);
  const picture = new Picture(explorer, stage, records);
  let focus = readAddress(form, records);
  if (focus !== null) form.elements.find.value = records.data.ids[focus];
  apply(true);
  if (focus !== null) openCard();

  searchIn(form.elements.find, explorer.querySelector("[role=listbox]"), records, (record) => go(record));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (event.target.name !== "find") apply(true);
  });
  form.addEventListener("reset", () => setTimeout(() => go(null)));
  explorer.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && focus !== null && event.target !== form.elements.find) {
      go(null);
      stage.focus();
    }
  });
  explorer.querySelector("[data-zoom=in]").addEventListener("click", () => picture.zoom(1 / 1.5));
  explorer.querySelector("[data-zoom=out]").addEventListener("click", () => picture.zoom(1.5));
  explorer.querySelector("[data-zoom=all]").addEventListener("click", () => picture.fit());
  picture.sigma.on("clickNode", ({ node }) => go(Number(node)));
  picture.sigma.on("clickStage", () => { if (focus !== null) go(null); });
  picture.sigma.on("enterNode", () => { stage.style.cursor = "pointer"; });
  picture.sigma.on("leaveNode", () => { stage.style.cursor = ""; });
  new MutationObserver(() => { picture.dress(); picture.sigma.refresh(); })
    .observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  explorer.dataset.ready = "";
  // For whoever measures or tests the page.
  explorer.govkb = picture;

  function go(record) {
    focus = record;
    if (record === null) {
      form.elements.find.value = "";
      card.hidden = true;
      apply(Boolean(choiceOf(form, null).depth));
      return;
    }
    form.elements.find.value = records.data.ids[record];
    apply(Boolean(choiceOf(form, record).depth));
    openCard();
    if (!choiceOf(form, record).depth) picture.goTo(record, card);
    // On a phone the picture is below what is chosen from.
    explorer.querySelector(".govkb-stage").scrollIntoView({ block: "nearest" });
  }

  function openCard() {
    const shape = explorer.querySelector(`[name=type][value="${records.data.type[focus]}"] ~ svg`);
    fillCard(card, records, focus, shape.cloneNode(true), {
      go: (other) => { go(other); card.querySelector("a, button")?.focus(); },
      close: () => { go(null); stage.focus(); },
    });
  }

  function apply(fits) {
    const choice = choiceOf(form, focus);
    const now = shown(records, choice);
    picture.show(now, focus);
    if (fits) picture.fit();
    writeAddress(form, records, choice);
    const every = now.count === records.count && now.edgeCount === records.edgeCount;
    const [nodes, edges] = [now.count, now.edgeCount].map((number) => number.toLocaleString("en"));
    form.querySelector("output").value = every ? "" : now.count
      ? `${nodes} of ${records.count.toLocaleString("en")} records, ${edges} relations`
      : "No record fits: choose less, or show everything";
    list(now.nodes);
  }
}
