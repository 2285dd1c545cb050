// How a box, its marks and its signs are drawn: as viz/paint.py and viz/boxes.py do it.

const CAPITALS = 0.74; // height of capitals, as a share of the size
const STRIKE = 0.26; // of the size: how far above the baseline a text is struck through
const STRIKE_WIDTH = 1.6;
const QUIET = new Set(["post", "footer", "function", "unknown"]);

class BoxPainter {
  constructor(scene) {
    this.scene = scene;
    this.data = scene.data;
    this.style = scene.data.style;
    this.looks = this.style.kinds.map((kind) => this.style.text[kind]);
  }

  baseline(top, look) {
    return top + (look.leading + look.size * CAPITALS) / 2;
  }

  /** One box at (x, y); `rows`: all, or only the name (lean), where much is moving. */
  box(pen, slot, x, y, lean = false) {
    const { scene, data, style } = this;
    const states = data.states;
    const state = scene.state[slot];
    const { width, height } = scene.slots[slot];
    const look = style.looks[states.look[state]];
    const border = style.borders[states.border[state]];
    const header = states.header[state];
    const footer = states.footer[state];
    pen.rect(x, y, width, height, { fill: style.colour.body });
    if (footer) pen.rect(x, y + height - footer, width, footer, { fill: style.colour.footer });
    pen.rect(x, y, width, header, { fill: look.fill });
    const more = states.more[state];
    if (!lean) {
      const rules = this.rules(x, y, width, height, header, footer, state, more);
      if (rules.length) pen.lines(rules, style.colour.rule, 1);
    }
    pen.rect(x, y, width, height, { stroke: look.edge, line: border.width, dash: lean ? [] : border.dash });
    const sign = style.box.symbol;
    symbol(pen, look.symbol, x + style.box.pad_x + sign / 2, y + header / 2, sign, look.ink);
    this.rows(pen, state, x, y, width, look.ink, lean);
    if (scene.isClosed(scene.units[slot])) this.badge(pen, slot, x, y, look);
    if (lean) return;
    if (more?.signs) this.signs(pen, more.signs, x, y);
    const findings = scene.day === data.chart.on ? data.chart.findings[scene.units[slot]] : null;
    if (findings) this.findings(pen, findings, x, y, width);
  }

  rules(x, y, width, height, header, footer, state, more) {
    const rules = [];
    if (footer && height - footer > header) rules.push([[x, y + height - footer], [x + width, y + height - footer]]);
    for (const down of more?.rules ?? []) rules.push([[x, y + down], [x + width, y + down]]);
    if (more?.split) {
      const middle = x + this.splitAt(state, width);
      rules.push([[middle, y + header], [middle, y + more.split[1]]]);
    }
    return rules;
  }

  splitAt(state, width) {
    return Math.round(this.data.states.more[state].split[0] + (width - this.data.states.width[state]) / 2);
  }

  rows(pen, state, x, y, width, headerInk, lean) {
    const { states, strings } = this.data;
    const { rows } = states;
    const { colour } = this.style;
    const ghost = this.style.borders[states.border[state]] === this.style.borders.ghost;
    const end = state + 1 < states.first.length ? states.first[state + 1] : rows.text.length;
    for (let row = states.first[state]; row < end; row++) {
      const kind = rows.style[row];
      const look = this.looks[kind];
      const name = this.style.kinds[kind];
      const inHeader = name === "name" || name === "root" || name === "tag";
      if (lean && !inHeader) continue;
      let ink = name === "vacant" ? colour.vacant : colour.ink;
      if (inHeader) ink = headerInk;
      else if (ghost) ink = colour.pale;
      else if (QUIET.has(name)) ink = colour.quiet;
      const top = y + rows.top[row] / 2;
      const left = x + this.rowX(row, name, state, width);
      const base = this.baseline(top, look);
      const wide = rows.width[row] / 10;
      if ((rows.flags[row] ?? 0) & 2) {
        const through = base - look.size * STRIKE;
        pen.lines([[[left - 2, through], [left + wide + 2, through]]], colour.strike, STRIKE_WIDTH);
      }
      pen.text(left, base, strings[rows.text[row]], look, ink);
      if (!lean) this.marks(pen, rows.marks[row], left + wide, top + look.leading / 2);
    }
  }

  /** Left end of a row in a box that may be wider than the texts need: centred rows move by half of that. */
  rowX(row, name, state, width) {
    const { states } = this.data;
    const { rows } = states;
    const more = width - states.width[state];
    const left = rows.left[row] / 10;
    if (!more || name === "function") return left;
    const split = states.more[state]?.split;
    if (!split || rows.top[row] / 2 >= split[1] || rows.top[row] / 2 < states.header[state]) return left + more / 2;
    return left + ((rows.flags[row] ?? 0) & 1 ? 0.75 : 0.25) * more;
  }

  marks(pen, marks, right, y) {
    marks?.forEach((mark, n) => {
      this.mark(pen, right + (n + 1) * (2 * this.style.mark + 3) - this.style.mark, y, mark);
    });
  }

  personColour(mark) {
    return this.style.people[(mark - 1) % this.style.people.length];
  }

  /** A number in a circle around a point. */
  mark(pen, x, y, mark, colour = this.personColour(mark)) {
    pen.circle(x, y, this.style.mark, colour);
    this.figure(pen, x, y, String(mark));
  }

  /** A number in a mark: the longer, the smaller. */
  figure(pen, x, y, words) {
    const base = this.style.text.mark;
    const size = base.size * (words.length < 2 ? 1 : words.length < 3 ? 0.85 : 0.62);
    const look = { ...base, size };
    pen.text(x - textWidth(words, look) / 2, this.baseline(y - look.leading / 2, look), words, look, "#ffffff");
  }

  badge(pen, slot, x, y, look) {
    const { scene, style } = this;
    const box = scene.slots[slot];
    const words = scene.badgeText(scene.tree.size[scene.units[slot]] - 1);
    const label = style.text.badge;
    const wide = textWidth(words, label);
    const width = wide + 2 * style.box.pad_x;
    const middle = x + box.width / 2;
    const top = y + box.height + style.box.badge_gap;
    const height = style.box.badge_height;
    pen.lines([[[middle, y + box.height], [middle, top]]], style.colour.line, 1.2);
    pen.rect(middle - width / 2, top, width, height, {
      fill: style.colour.badge,
      stroke: look.edge,
      radius: height / 2 - 0.5,
    });
    pen.text(middle - wide / 2, this.baseline(top + (height - label.leading) / 2, label), words, label, style.colour.ink);
  }

  /** Numbered squares on the upper edge, up to the right corner. */
  findings(pen, findings, x, y, width) {
    const step = 2 * this.style.mark + 1;
    const room = Math.max(Math.floor((width / 2 - step) / step), 1);
    const shown = findings.length > room ? [...findings.slice(0, room - 1), "…"] : findings;
    shown.forEach((words, n) => this.square(pen, x + width + 4 - (shown.length - n - 0.5) * step, y - 3, String(words)));
  }

  square(pen, x, y, words) {
    const half = this.style.mark - 0.3;
    const { finding, paper } = this.style.colour;
    pen.rect(x - half, y - half, 2 * half, 2 * half, { fill: finding, stroke: paper, line: 0.8, radius: 1.5 });
    this.figure(pen, x, y, words);
  }

  /** A short word on a connector or a box, around a point. */
  label(pen, x, y, words, colour) {
    const look = this.style.text.sign;
    const wide = textWidth(words, look);
    pen.rect(x - wide / 2 - 2, y - 6.5, wide + 4, 13, { fill: colour, radius: 2.5 });
    pen.text(x - wide / 2, this.baseline(y - look.leading / 2, look), words, look, "#ffffff");
  }

  signs(pen, signs, x, y) {
    let left = x - 3;
    for (const [kind, text] of signs) {
      const words = this.data.text(text);
      const wide = textWidth(words, this.style.text.sign) + 4;
      this.label(pen, left + wide / 2, y - 3, words, this.style.connectors[kind].colour);
      left += wide + 2;
    }
  }
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

/** Width of a text in px. */
function textWidth(words, look) {
  const key = `${look.face}${look.size} ${words}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler.font = fontOf(look);
    width = ruler.measureText(words).width;
    widths.set(key, width);
  }
  return width;
}

/** The sign of a system around a point, which tells systems apart without colour. */
function symbol(pen, name, x, y, size, fill) {
  const half = size / 2;
  const ring = (cx, cy, radius, corners, inner = 1) =>
    Array.from({ length: corners }, (_, n) => {
      const angle = (2 * Math.PI * n) / corners - Math.PI / 2;
      const far = radius * (n % 2 ? inner : 1);
      return [cx + far * Math.cos(angle), cy + far * Math.sin(angle)];
    });
  if (name === "circle") pen.circle(x, y, half * 0.95, fill);
  else if (name === "square") pen.rect(x - half * 0.85, y - half * 0.85, size * 0.85, size * 0.85, { fill });
  else if (name === "star") pen.polygon(ring(x, y + 0.3, half * 1.12, 10, 0.42), fill);
  else if (name === "triangle") pen.polygon(ring(x, y + half * 0.2, half * 1.08, 3), fill);
  else if (name === "diamond") pen.polygon(ring(x, y, half * 1.08, 4), fill);
  else if (name === "hexagon") pen.polygon(ring(x, y, half * 1.08, 6), fill);
}
