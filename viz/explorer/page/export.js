// The current view as SVG, as PNG and on paper.

const PICTURE_SCALE = 3; // pixels of a PNG for one px on the screen
const MOST_PIXELS = 12000;

class Exporter {
  constructor(view, painter, highlights) {
    Object.assign(this, { view, painter, highlights });
    window.addEventListener("beforeprint", () => this.preparePrint());
    window.addEventListener("afterprint", () => byId("print").replaceChildren());
  }

  /** Draw the view with its title: the part in sight from (0, 0) on, in px of the chart. */
  paint(pen, clip) {
    const { view, painter, highlights } = this;
    const { scene } = view;
    const { style, chart } = scene.data;
    const { x, y, width, height, head, foot, unit, legend } = this.frame();
    pen.rect(0, 0, width, height + head + foot, { fill: style.colour.paper });
    const title = this.scaled("title", unit);
    const small = this.scaled("subtitle", unit);
    pen.text(12 * unit, 30 * unit, chart.title, title, style.colour.ink);
    pen.text(12 * unit, 48 * unit, word("as_of", { date: dayText(scene.day) }), small, style.colour.quiet);
    const source = this.scaled("source", unit);
    for (const item of legend) this.legendItem(pen, item, head + height, unit);
    pen.text(12 * unit, head + height + foot - 10 * unit, this.shortened(chart.source, source, width - 24 * unit), source, style.colour.quiet);
    clip(() => {
      const { left, top, right, bottom } = { left: x, top: y, right: x + width, bottom: y + height };
      const paths = [];
      const boxes = [];
      scene.visit(left, top, right, bottom, (slot) => boxes.push(slot), (slot) => {
        for (let n = scene.firstLine[slot] * 4; n < scene.firstLine[slot + 1] * 4; n += 4) {
          const [x1, y1, x2, y2] = scene.lines.subarray(n, n + 4);
          if (Math.max(x1, x2) >= left && Math.min(x1, x2) <= right && Math.max(y1, y2) >= top && Math.min(y1, y2) <= bottom) {
            paths.push([[x1, y1], [x2, y2]]);
          }
        }
      });
      if (paths.length) pen.lines(paths, style.colour.line, 1.2);
      for (const slot of boxes) painter.box(pen, slot, scene.x[slot], scene.y[slot]);
      highlights.lines(pen, scene, 1);
    });
  }

  /** Signs and texts of the legend in lines: [{sample, text, x, line}]; x in px of the screen. */
  legend(room) {
    const { style, chart } = this.view.scene.data;
    const look = style.text.legend;
    let [x, line] = [12, 0];
    return chart.legend.map(([sample, text]) => {
      const wide = (sample ? 26 : 0) + textWidth(text, look) + 20;
      if (x > 12 && x + wide > room - 12) [x, line] = [12, line + 1];
      const item = { sample, text, x, line };
      x += wide;
      return item;
    });
  }

  legendItem(pen, { sample, text, x, line }, top, unit) {
    const { style } = this.view.scene.data;
    const [kind, key] = sample.split(":");
    const at = (px) => px * unit;
    const middle = top + at(16 + line * 16);
    const look = style.looks.find((each) => each.key === sample);
    const connector = kind === "connector" ? style.connectors[key] : null;
    const border = kind === "border" ? style.borders[style.borderNames.indexOf(key)] : null;
    if (look) {
      pen.rect(at(x), middle - at(5), at(20), at(10), { fill: look.fill, stroke: look.edge, line: unit });
      symbol(pen, look.symbol, at(x + 10), middle, at(7), look.ink);
    } else if (connector) {
      const colour = connector.colour || style.people[0];
      pen.lines([[[at(x), middle], [at(x + 20), middle]]], colour, at(connector.width), connector.dash.map(at));
    } else if (border) {
      const dash = border.dash.map(at);
      pen.rect(at(x), middle - at(5), at(20), at(10), { stroke: style.colour.quiet, line: at(border.width), dash });
    } else if (kind === "sign") {
      const words = sample.split(":")[2] || "";
      const small = this.scaled("sign", unit * Math.min(1, 18 / Math.max(textWidth(words, style.text.sign), 1)));
      pen.rect(at(x), middle - at(5.5), at(20), at(11), { fill: style.connectors[key].colour, radius: at(2) });
      pen.text(at(x + 10) - textWidth(words, small) / 2, middle + (small.size * CAPITALS) / 2, words, small, "#ffffff");
    }
    pen.text(at(x + (sample ? 26 : 0)), middle + at(4), text, this.scaled("legend", unit), style.colour.ink);
  }

  scaled(name, unit) {
    const look = this.view.scene.data.style.text[name];
    return { ...look, size: look.size * unit };
  }

  shortened(text, look, room) {
    let words = text;
    while (words.length > 2 && textWidth(words, look) > room) words = `${words.slice(0, -2).trimEnd()}…`;
    return words;
  }

  /** What of the chart is in sight, cut to the chart; `unit` is a px of the screen. */
  frame() {
    const { view } = this;
    const { scene } = view;
    const [left, top, right, bottom] = view.sight();
    const unit = 1 / view.camera.scale;
    const margin = 16;
    const x = Math.max(left, -margin);
    const y = Math.max(top, -margin);
    const width = Math.max(Math.min(right, scene.width + margin) - x, 420 * unit);
    const height = Math.max(Math.min(bottom, scene.height + margin) - y, 60 * unit);
    const legend = this.legend(width / unit);
    const lines = legend.length ? legend[legend.length - 1].line + 1 : 0;
    return { x, y, width, height, head: 62 * unit, foot: (30 + 16 * lines) * unit, unit, legend };
  }

  svg(embedded = true) {
    const frame = this.frame();
    const pen = new SvgPen();
    this.paint(pen, (inner) => {
      pen.parts.push(
        `<clipPath id="cut"><rect x="${rounded(frame.x)}" y="${rounded(frame.y)}" width="${rounded(frame.width)}" ` +
          `height="${rounded(frame.height)}"/></clipPath>`,
        `<g transform="translate(${rounded(-frame.x)} ${rounded(frame.head - frame.y)})" clip-path="url(#cut)">`,
      );
      inner();
      pen.parts.push("</g>");
    });
    const high = frame.height + frame.head + frame.foot;
    const fonts = embedded ? `<style>${byId("fonts").textContent}</style>` : "";
    const { scale } = this.view.camera;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rounded(frame.width)} ${rounded(high)}" ` +
      `width="${rounded(frame.width * scale)}" height="${rounded(high * scale)}" font-family="${escaped(FAMILY)}" ` +
      `font-kerning="none">${fonts}<title>${escaped(this.view.scene.data.chart.title)}</title>${pen.parts.join("")}</svg>`
    );
  }

  png() {
    const frame = this.frame();
    const high = frame.height + frame.head + frame.foot;
    const scale = Math.min(this.view.camera.scale * PICTURE_SCALE, MOST_PIXELS / frame.width, MOST_PIXELS / high);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(frame.width * scale);
    canvas.height = Math.round(high * scale);
    const context = canvas.getContext("2d");
    context.fontKerning = "none";
    context.scale(scale, scale);
    this.paint(new CanvasPen(context), (inner) => {
      context.save();
      context.translate(-frame.x, frame.head - frame.y);
      context.beginPath();
      context.rect(frame.x, frame.y, frame.width, frame.height);
      context.clip();
      inner();
      context.restore();
    });
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  name(ending) {
    const { scene } = this.view;
    const day = dateOf(scene.day).toISOString().slice(0, 10);
    return `${fold(scene.data.chart.title).replace(/[^a-z0-9]+/g, "-").slice(0, 60)}-${day}.${ending}`;
  }

  save(blob, ending) {
    const link = el("a", { href: URL.createObjectURL(blob), download: this.name(ending) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  saveSvg() {
    this.save(new Blob([this.svg()], { type: "image/svg+xml" }), "svg");
  }

  async savePng() {
    this.save(await this.png(), "png");
  }

  preparePrint() {
    const parsed = new DOMParser().parseFromString(this.svg(false), "image/svg+xml");
    byId("print").replaceChildren(document.adoptNode(parsed.documentElement));
  }

  print() {
    window.print();
  }
}
