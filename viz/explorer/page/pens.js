// Two pens with the same strokes: one for the canvas, one for SVG.

const FAMILY = '"Be Vietnam Pro", "Segoe UI", Arial, sans-serif';
const FACES = { regular: [400, "normal"], italic: [400, "italic"], bold: [600, "normal"] };

/** The canvas font of a kind of text. */
function fontOf(look) {
  const [weight, slant] = FACES[look.face];
  return `${slant} ${weight} ${look.size}px ${FAMILY}`;
}

class CanvasPen {
  constructor(context) {
    this.context = context;
  }

  rect(x, y, width, height, { fill, stroke, line = 1, dash = [], radius = 0 }) {
    const { context } = this;
    if (fill && !radius) {
      context.fillStyle = fill;
      context.fillRect(x, y, width, height);
    }
    if (!stroke && !radius) return;
    context.beginPath();
    if (radius) context.roundRect(x, y, width, height, radius);
    else context.rect(x, y, width, height);
    if (fill && radius) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke) this.stroke(stroke, line, dash);
  }

  lines(paths, stroke, line = 1, dash = []) {
    const { context } = this;
    context.beginPath();
    for (const path of paths) {
      path.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
    }
    this.stroke(stroke, line, dash);
  }

  polygon(points, fill) {
    const { context } = this;
    context.beginPath();
    points.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.fillStyle = fill;
    context.fill();
  }

  circle(x, y, radius, fill, stroke = "") {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    if (stroke) this.stroke(stroke, 1, []);
  }

  text(x, y, words, look, fill) {
    const { context } = this;
    const font = fontOf(look);
    if (this.font !== font) context.font = this.font = font;
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }

  stroke(colour, line, dash) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.setLineDash(dash);
    context.stroke();
    if (dash.length) context.setLineDash([]);
  }
}

/** Collects elements; nothing is put together as text before it is escaped. */
class SvgPen {
  constructor() {
    this.parts = [];
  }

  rect(x, y, width, height, { fill, stroke, line = 1, dash = [], radius = 0 }) {
    const round_ = radius ? ` rx="${rounded(radius)}"` : "";
    this.parts.push(
      `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}"${round_} ` +
        `fill="${escaped(fill || "none")}"${stroke ? strokes(stroke, line, dash) : ""}/>`,
    );
  }

  lines(paths, stroke, line = 1, dash = []) {
    const way = paths
      .map((path) => path.map(([x, y], n) => `${n ? "L" : "M"}${rounded(x)} ${rounded(y)}`).join(""))
      .join("");
    this.parts.push(`<path d="${way}" fill="none"${strokes(stroke, line, dash)}/>`);
  }

  polygon(points, fill) {
    const way = points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(" ");
    this.parts.push(`<polygon points="${way}" fill="${escaped(fill)}"/>`);
  }

  circle(x, y, radius, fill, stroke = "") {
    const line = stroke ? strokes(stroke, 1, []) : "";
    this.parts.push(`<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${escaped(fill)}"${line}/>`);
  }

  text(x, y, words, look, fill) {
    const [weight, slant] = FACES[look.face];
    this.parts.push(
      `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${look.size}" font-weight="${weight}" ` +
        `font-style="${slant}" fill="${escaped(fill)}">${escaped(words)}</text>`,
    );
  }
}

function strokes(stroke, line, dash) {
  const dashes = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : "";
  return ` stroke="${escaped(stroke)}" stroke-width="${line}"${dashes}`;
}

function rounded(number) {
  return Math.round(number * 100) / 100;
}

/** Text for SVG: the five characters that mean something there, and none that XML does not have. */
function escaped(text) {
  return String(text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
