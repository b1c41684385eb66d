// The picture: Sigma with the page's own colours, moved by mouse, finger and keyboard.
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import { hoverDrawer, labelDrawer, lookOf, REACH } from "./look.js";
import { shapeOf, ShapeProgram } from "./shapes.js";

const PAN = 0.12;
const MARGIN = 1.25;
const CLOSEST = 0.12;
// So many lines a graphics card draws in a frame; without one the processor has to.
const MOST_LINES = 100_000;
const MOST_LINES_WITHOUT_CARD = 3_000;
// Labels keep clear of so many nodes; among more they would have to be looked for too long.
const MOST_TO_KEEP_CLEAR_OF = 500;
// Square pixels.
const ROOM_OF_A_NODE = 4_000;
// Milliseconds after the last movement until lines that were left out are drawn again.
const AT_REST = 300;

export class Picture {
  constructor(explorer, stage, records) {
    this.explorer = explorer;
    this.records = records;
    this.shapes = records.data.types.map(shapeOf);
    this.shown = null;
    this.focus = null;
    this.sigma = new Sigma(records.graph(), stage, this.settings());
    this.mostLines = hasCard() ? MOST_LINES : MOST_LINES_WITHOUT_CARD;
    this.labels = [];
    this.boxes = null;
    this.sigma.on("beforeRender", () => {
      this.labels.splice(0);
      this.boxes = null;
    });
    this.restLater();
    this.dress();
    stage.addEventListener("keydown", (event) => this.key(event));
  }

  settings() {
    return {
      nodeProgramClasses: { shape: ShapeProgram },
      edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram },
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeReducer: (node, data) => this.node(Number(node), data),
      edgeReducer: (edge) => this.edge(Number(edge)),
      labelSize: 12,
      labelRenderedSizeThreshold: 5,
      labelDensity: 0.6,
      labelGridCellSize: 120,
      minEdgeThickness: 1,
      minCameraRatio: 0.005,
      maxCameraRatio: 2,
      stagePadding: 30,
      zIndex: true,
      allowInvalidContainer: true,
    };
  }

  // Reads the colours, at the start and whenever the reader goes from light to dark.
  dress() {
    this.look = lookOf(this.explorer, this.records.data.types);
    this.sigma.setSettings({
      defaultDrawNodeLabel: labelDrawer(this.look, {
        labels: this.labels,
        obstacles: () => this.obstacles(),
        isCrowded: () => this.isCrowded(),
      }),
      defaultDrawNodeHover: hoverDrawer(this.look),
    });
  }

  show(shown, focus) {
    this.shown = shown;
    this.focus = focus;
    this.beside = new Set(focus === null ? [] : [focus]);
    if (focus !== null) {
      for (const edge of this.records.edgesOf(focus)) this.beside.add(this.records.other(edge, focus));
    }
    const hides = shown.edgeCount > this.mostLines;
    if (this.sigma.getSetting("hideEdgesOnMove") !== hides) {
      this.sigma.setSetting("hideEdgesOnMove", hides);
    }
    this.sigma.refresh();
  }

  node(n, data) {
    const type = this.records.data.type[n];
    const isFaded = this.focus !== null && !this.beside.has(n);
    return {
      ...data,
      hidden: !this.shown || !this.shown.nodes[n],
      shape: this.shapes[type],
      color: isFaded ? this.look?.faded ?? "#888" : this.look?.types[type] ?? "#888",
      label: isFaded ? null : data.label,
      forceLabel: n === this.focus,
      highlighted: n === this.focus,
      zIndex: isFaded ? 0 : 1,
    };
  }

  edge(number) {
    const ends = this.records.ends(number);
    const isFocused = this.focus !== null && ends.includes(this.focus);
    const isFaded = this.focus !== null && !isFocused;
    const { faded, mentioned, declared, text } = this.look ?? {};
    const isMention = this.records.isMention(number);
    return {
      hidden: !this.shown || !this.shown.edges[number],
      type: isFocused ? "arrow" : "line",
      size: isFocused ? (isMention ? 1.2 : 2) : 1,
      color: (isFaded ? faded : isFocused ? (isMention ? declared : text) : isMention ? mentioned : declared) ?? "#888",
      zIndex: isFocused ? 1 : 0,
    };
  }

  // What labels keep clear of: whatever is outside, the buttons, and nodes where they are few.
  obstacles() {
    if (this.boxes) return this.boxes;
    const { width, height } = this.sigma.getDimensions();
    const everywhere = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    this.boxes = [
      { ...everywhere, right: 0 },
      { ...everywhere, left: width },
      { ...everywhere, bottom: 0 },
      { ...everywhere, top: height },
    ];
    const buttons = this.explorer.querySelector(".govkb-zoom");
    if (buttons) {
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = buttons;
      this.boxes.push({ left: 0, right: offsetLeft + offsetWidth, top: 0, bottom: offsetTop + offsetHeight });
    }
    if (this.shown && this.shown.count <= MOST_TO_KEEP_CLEAR_OF) {
      this.shown.nodes.forEach((flag, n) => flag && this.boxes.push(this.boxOf(String(n))));
    }
    return this.boxes;
  }

  // Whether there is so little room for each record that labels are bound to cover some.
  isCrowded() {
    const { width, height } = this.sigma.getDimensions();
    return width * height < ROOM_OF_A_NODE * this.shown.count;
  }

  boxOf(key) {
    const data = this.sigma.getNodeDisplayData(key);
    const { x, y } = this.sigma.framedGraphToViewport(data);
    const half = REACH * this.sigma.scaleSize(data.size);
    return { key, left: x - half, right: x + half, top: y - half, bottom: y + half };
  }

  // Moves so that everything that is shown can be seen, or so much around a record.
  fit() {
    const places = [];
    this.shown.nodes.forEach((flag, n) => {
      if (flag) places.push(this.sigma.getNodeDisplayData(String(n)));
    });
    if (!places.length) return;
    const [left, right] = extent(places, "x");
    const [bottom, top] = extent(places, "y");
    const ratio = Math.max(right - left, top - bottom) * MARGIN;
    this.move({
      x: (left + right) / 2,
      y: (bottom + top) / 2,
      ratio: places.length === this.records.count ? 1 : Math.min(Math.max(ratio, CLOSEST / 2), 1.1),
    });
  }

  // Moves a record to the middle of what the card leaves free.
  goTo(record, card) {
    const { x, y } = this.sigma.getNodeDisplayData(String(record));
    const near = this.records.count > 200 ? CLOSEST : 0.4;
    const ratio = Math.min(this.sigma.getCamera().getState().ratio, near);
    const { width, height } = this.sigma.getDimensions();
    const isBelow = card.offsetWidth > width * 0.8;
    const free = isBelow
      ? { x: width / 2, y: (height - card.offsetHeight) / 2 }
      : { x: (width - card.offsetWidth) / 2, y: height / 2 };
    const cameraState = { x, y, ratio, angle: 0 };
    const there = this.sigma.viewportToFramedGraph(free, { cameraState });
    this.move({ x: 2 * x - there.x, y: 2 * y - there.y, ratio });
  }

  zoom(factor) {
    const { ratio } = this.sigma.getCamera().getState();
    this.move({ ratio: this.sigma.getCamera().getBoundedRatio(ratio * factor) });
  }

  move(state) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sigma.getCamera().animate(state, { duration: isStill ? 1 : 250 });
  }

  // Sigma calls each pause between two turns of the wheel the end of a movement, and draws all lines.
  restLater() {
    const camera = this.sigma.getCamera();
    const isAnimated = camera.isAnimated.bind(camera);
    let timer = null;
    camera.isAnimated = () => timer !== null || isAnimated();
    camera.on("updated", () => {
      if (!this.sigma.getSetting("hideEdgesOnMove")) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = null;
        this.sigma.scheduleRender();
      }, AT_REST);
    });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y, ratio } = this.sigma.getCamera().getState();
    const step = PAN * ratio;
    const ways = {
      ArrowLeft: { x: x - step }, ArrowRight: { x: x + step },
      ArrowUp: { y: y + step }, ArrowDown: { y: y - step },
    };
    if (ways[event.key]) this.move(ways[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(1 / 1.5);
    else if (event.key === "-") this.zoom(1.5);
    else if (event.key === "0") this.fit();
    else return;
    // Neither the page nor the theme's own shortcuts get these keys as well.
    event.preventDefault();
    event.stopPropagation();
  }
}

function hasCard() {
  const gl = document.createElement("canvas").getContext("webgl");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : "";
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

function extent(places, axis) {
  let low = Infinity;
  let high = -Infinity;
  for (const place of places) {
    low = Math.min(low, place[axis]);
    high = Math.max(high, place[axis]);
  }
  return [low, high];
}
