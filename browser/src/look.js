// The colours of the page, read from its style sheet, and how labels are written.

const SHORT = 20;
const FEWEST = 3;
// How far the corners of a shape are from its middle, in sizes of a node.
export const REACH = 1.4;

export function lookOf(explorer, types) {
  const style = getComputedStyle(explorer);
  const back = rgb(getComputedStyle(document.body).backgroundColor);
  const text = rgb(style.color, back);
  return {
    back: css(back),
    text: css(text),
    accent: css(rgb(style.outlineColor, back)),
    types: types.map((_, number) => {
      const shape = explorer.querySelector(`[name=type][value="${number}"] ~ svg g`);
      return css(rgb(getComputedStyle(shape).color, back));
    }),
    // On a pale ground lines have to be darker to be seen than they have to be light on a dark one.
    declared: css(mixed(text, back, 0.35)),
    mentioned: css(mixed(text, back, 0.18)),
    faded: css(mixed(text, back, 0.12)),
    font: style.fontFamily,
  };
}

// Below its node, where the layout of small graphs has left room for it, or above or beside it. Each
// picture begins with `labels` empty: a label that would cover another, or an obstacle, is left out
// until the reader comes closer. A few cover nodes where all is crowded, so that one can tell where one is.
export function labelDrawer(look, { labels, obstacles, isCrowded }) {
  return (context, node, settings) => {
    if (!node.label) return;
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${look.font}`;
    context.textAlign = "center";
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = look.back;
    context.fillStyle = look.text;
    const text = shortened(node.label);
    const others = obstacles().filter(({ key }) => key !== node.key);
    const boxes = boxesFor(node, context.measureText(text).width, settings).filter(isFree(labels));
    const isNeeded = labels.length < FEWEST && isCrowded();
    const box = boxes.find(isFree(others)) ?? (isNeeded ? boxes.find(isFree(others.filter(isFixed))) : null);
    if (!box) return;
    labels.push(box);
    const at = [(box.left + box.right) / 2, box.bottom];
    context.strokeText(text, ...at);
    context.fillText(text, ...at);
  };
}

// The whole id in a box, and a ring around the node.
export function hoverDrawer(look) {
  return (context, node, settings) => {
    context.font = `700 ${settings.labelSize}px ${look.font}`;
    context.textAlign = "center";
    const height = settings.labelSize + 8;
    const width = context.measureText(node.label).width + 8;
    const base = below(node, settings) + 2;
    context.fillStyle = look.back;
    context.strokeStyle = look.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(node.x, node.y, node.size * REACH + 2, 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.rect(node.x - width / 2, base - settings.labelSize - 3, width, height);
    context.fill();
    context.stroke();
    context.fillStyle = look.text;
    context.fillText(node.label, node.x, base);
  };
}

// Where the label of a node may stand: below it, above, to the right, to the left.
function boxesFor(node, width, settings) {
  const { labelSize } = settings;
  const away = node.size * REACH + 3;
  const middle = node.y + labelSize / 2 - 2;
  return [
    [node.x, below(node, settings)],
    [node.x, node.y - away],
    [node.x + away + width / 2, middle],
    [node.x - away - width / 2, middle],
  ].map(([x, bottom]) => ({ left: x - width / 2, right: x + width / 2, top: bottom - labelSize, bottom }));
}

function isFree(taken) {
  return (box) => !taken.some((other) => overlap(box, other));
}

function isFixed({ key }) {
  return key === undefined;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function below(node, settings) {
  return node.y + node.size * REACH + settings.labelSize + 1;
}

function shortened(id) {
  return id.length > SHORT ? `${id.slice(0, SHORT - 1)}…` : id;
}

function rgb(colour, back = [255, 255, 255]) {
  const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return mixed([r, g, b], back, alpha);
}

function mixed(one, other, share) {
  return one.map((value, n) => value * share + other[n] * (1 - share));
}

function css(channels) {
  return `#${channels.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;
}
