// The canvas: where one looks, and drawing what is in sight in as much detail as can be read.

const LEAST_TEXT = 4.6; // px; smaller text is not drawn
const CALM = 110; // ms without movement until everything is drawn in full
const QUICK = 6; // ms; blocks that take longer are drawn once and moved as a picture
const SLOW = 15; // ms; a picture that takes longer is drawn with less detail while it moves
const calmMotion = matchMedia("(prefers-reduced-motion: reduce)");

class View {
  constructor(canvas, scene, painter, layers) {
    Object.assign(this, { canvas, scene, painter, layers });
    this.context = canvas.getContext("2d", { alpha: false });
    this.context.fontKerning = "none";
    this.camera = { x: 0, y: 0, scale: 1 };
    this.blend = null; // while boxes move to new places
    this.costs = { full: 0, lean: 0, blocks: 0 };
    this.listeners = [];
    this.frame = 0;
    this.picture = new Picture();
  }

  /** Show everything for the first time. */
  start() {
    this.resize();
    this.openReadable();
    this.camera = this.fitted();
    this.draw();
    let first = true;
    new ResizeObserver(() => {
      if (!first) this.fill();
      first = false;
    }).observe(this.canvas);
  }

  /** Where it was not said how much is open at first: close levels until the names can be read. */
  openReadable() {
    const { scene } = this;
    if (scene.data.chart.depth !== null) return;
    let depth = 0;
    for (const unit of scene.units) depth = Math.max(depth, scene.tree.depth[unit]);
    while (depth > 1 && this.fitted().scale * scene.data.style.text.name.size < LEAST_TEXT) scene.openTo(--depth);
  }

  /** Go on in another size; drawn at once, since a canvas of a new size is black until then. */
  fill() {
    if (this.resize()) this.draw();
  }

  /** Take the size that the canvas has on the page; whether that is another one. */
  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === this.width && clientHeight === this.height) return false;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2.5);
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * this.ratio);
    this.canvas.height = Math.round(clientHeight * this.ratio);
    this.context.fontKerning = "none";
    return true;
  }

  /** The rectangle of the chart that is in sight. */
  sight() {
    const { x, y, scale } = this.camera;
    return [x, y, x + this.width / scale, y + this.height / scale];
  }

  toScreen(x, y) {
    return [(x - this.camera.x) * this.camera.scale, (y - this.camera.y) * this.camera.scale];
  }

  toChart(x, y) {
    return [x / this.camera.scale + this.camera.x, y / this.camera.scale + this.camera.y];
  }

  /** The camera that shows everything; `most` is the largest scale. */
  fitted(most = 1.15) {
    const { scene } = this;
    const margin = 40;
    const scale = Math.min(
      most,
      (this.width - 2 * margin) / Math.max(scene.width, 1),
      (this.height - 2 * margin) / Math.max(scene.height, 1),
    );
    const kept = Math.max(scale, 0.002);
    return {
      x: scene.width / 2 - this.width / kept / 2,
      y: Math.min(scene.height / 2 - this.height / kept / 2, -margin / kept),
      scale: kept,
    };
  }

  least() {
    return Math.min(this.fitted().scale * 0.6, 0.2);
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const { camera } = this;
    const scale = Math.min(Math.max(camera.scale * factor, this.least()), 6);
    const [cx, cy] = this.toChart(x, y);
    this.look({ x: cx - x / scale, y: cy - y / scale, scale });
  }

  pan(dx, dy) {
    const { x, y, scale } = this.camera;
    this.look({ x: x - dx / scale, y: y - dy / scale, scale });
  }

  look(camera) {
    this.camera = camera;
    this.moved = performance.now();
    this.request();
  }

  /** Go there smoothly, unless motion is not wanted. */
  glide(camera) {
    if (calmMotion.matches) return this.look(camera);
    const from = { ...this.camera };
    const start = performance.now();
    const step = (now) => {
      if (this.gliding !== step) return;
      const t = Math.min((now - start) / 260, 1);
      const k = 1 - (1 - t) ** 3;
      // the scale by its logarithm and the middle in step with it, so that it does not swing
      const scale = from.scale * (camera.scale / from.scale) ** k;
      const share = Math.abs(camera.scale - from.scale) < 1e-9 ? k : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / camera.scale);
      this.look({ x: from.x + (camera.x - from.x) * share, y: from.y + (camera.y - from.y) * share, scale });
      if (t < 1) requestAnimationFrame(step);
      else this.gliding = null;
    };
    this.gliding = step;
    requestAnimationFrame(step);
  }

  /** Bring a unit's box to the middle, large enough to read. */
  goTo(unit) {
    const { scene } = this;
    const slot = scene.shownSlot(unit);
    if (slot < 0) return;
    const scale = Math.max(this.camera.scale, 0.9);
    const box = scene.slots[slot];
    const [x, y] = [scene.x[slot] + box.width / 2, scene.y[slot] + box.height / 2];
    this.glide({ x: x - this.width / 2 / scale, y: y - this.height / 2 / scale, scale });
  }

  /** Bring several units into sight together. */
  goToAll(units) {
    const { scene } = this;
    const slots = units.map((unit) => scene.shownSlot(unit)).filter((slot) => slot >= 0);
    if (!slots.length) return;
    const margin = 60;
    const left = Math.min(...slots.map((slot) => scene.x[slot]));
    const top = Math.min(...slots.map((slot) => scene.y[slot]));
    const right = Math.max(...slots.map((slot) => scene.x[slot] + scene.slots[slot].width));
    const bottom = Math.max(...slots.map((slot) => scene.y[slot] + scene.slots[slot].height));
    const scale = Math.min((this.width - 2 * margin) / (right - left), (this.height - 2 * margin) / (bottom - top), 1.1);
    this.glide({ x: (left + right - this.width / scale) / 2, y: (top + bottom - this.height / scale) / 2, scale });
  }

  /** Move as little as is needed to have a unit's box in sight. */
  keepInSight(unit) {
    const { scene, camera } = this;
    const slot = scene.shownSlot(unit);
    if (slot < 0) return;
    const box = scene.slots[slot];
    const [left, top] = this.toScreen(scene.x[slot], scene.y[slot]);
    const [right, bottom] = [left + box.width * camera.scale, top + box.height * camera.scale];
    const margin = 20;
    const dx = right > this.width - margin ? this.width - margin - right : Math.max(margin - left, 0);
    const dy = bottom > this.height - margin ? this.height - margin - bottom : Math.max(margin - top, 0);
    if (dx || dy) this.glide({ x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale, scale: camera.scale });
  }

  /** Do something that moves boxes, with one of them staying where it is on the screen. */
  keeping(unit, change) {
    const { scene } = this;
    const before = { x: scene.x, y: scene.y, slotOf: scene.slotOf };
    const near = [unit, ...scene.tree.above(unit)].filter((each) => before.slotOf[each] >= 0);
    change();
    // where it is no more, the nearest one above it that still is; the root always is
    const kept = near.find((each) => scene.slotOf[each] >= 0) ?? 0;
    const [was, now] = [before.slotOf[kept], scene.slotOf[kept]];
    const [dx, dy] = [scene.x[now] - before.x[was], scene.y[now] - before.y[was]];
    const { camera } = this;
    this.gliding = null;
    this.camera = { x: camera.x + dx, y: camera.y + dy, scale: camera.scale };
    if (!calmMotion.matches && scene.units.length <= 3000) this.startBlend(before, dx, dy);
    this.moved = performance.now();
    this.request();
    this.tell();
  }

  startBlend(before, dx, dy) {
    const { scene } = this;
    const from = scene.units.map((unit, slot) => {
      for (let step = unit; step >= 0; step = scene.tree.parent[step]) {
        const old = before.slotOf[step];
        if (old >= 0) return [before.x[old] + dx, before.y[old] + dy];
      }
      return [scene.x[slot], scene.y[slot]];
    });
    this.blend = { from, start: performance.now() };
  }

  /** Somebody wants to know when boxes have new places. */
  onPlaced(listener) {
    this.listeners.push(listener);
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  request() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    if (!this.width || !this.height) return;
    const start = performance.now();
    const moving = this.blend || start - (this.moved ?? -CALM) < CALM;
    const { context, ratio } = this;
    const { x, y, scale } = this.camera;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.scene.data.style.colour.paper;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(scale * ratio, 0, 0, scale * ratio, -x * scale * ratio, -y * scale * ratio);
    const mode = this.mode(moving, scale);
    this.places = this.blended(start);
    this.picture.shown = false;
    if (mode === "blocks" && moving && !this.blend && this.costs.blocks > QUICK) this.picture.show(this);
    else if (mode === "blocks") this.drawBlocks(context, scale, this.sight());
    else this.drawBoxes(mode === "lean");
    const pen = new CanvasPen(context);
    for (const layer of this.layers) layer(pen, this, mode);
    if (!this.picture.shown) this.costs[mode] = performance.now() - start;
    this.drawn = mode;
    if (this.blend || (moving && (mode !== "full" || this.picture.shown))) {
      if (this.blend) this.request();
      else this.later();
    }
    this.afterDraw?.();
  }

  mode(moving, scale) {
    if (scale * this.scene.data.style.text.name.size < LEAST_TEXT) return "blocks";
    if (!moving || this.costs.full < SLOW) return "full";
    return this.costs.lean < SLOW * 1.6 ? "lean" : "blocks";
  }

  /** Draw in full when nothing moves any more. */
  later() {
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.draw(), CALM + 10);
  }

  /** Where the boxes are in this frame. */
  blended(now) {
    const { scene, blend } = this;
    if (!blend) return { x: scene.x, y: scene.y };
    const t = Math.min((now - blend.start) / 200, 1);
    if (t >= 1) {
      this.blend = null;
      return { x: scene.x, y: scene.y };
    }
    const k = 1 - (1 - t) ** 3;
    return {
      x: scene.x.map((x, slot) => blend.from[slot][0] + (x - blend.from[slot][0]) * k),
      y: scene.y.map((y, slot) => blend.from[slot][1] + (y - blend.from[slot][1]) * k),
      shown: k,
    };
  }

  drawBoxes(lean) {
    const { context, scene, places } = this;
    const pen = new CanvasPen(context);
    const boxes = [];
    const { scale } = this.camera;
    this.drawLines(context, scale, this.sight(), Math.max(1.2, 0.7 / scale), (slot) => boxes.push(slot));
    const shown = places.shown ? [...scene.units.keys()] : boxes;
    for (const slot of shown) this.painter.box(pen, slot, places.x[slot], places.y[slot], lean);
    if (this.camera.scale > 0.5 && !lean) this.drawHandles(pen, shown);
  }

  drawLines(context, scale, [left, top, right, bottom], line, each) {
    const { scene, places } = this;
    const { lines, firstLine } = scene;
    context.globalAlpha = places.shown ?? 1;
    context.fillStyle = scene.data.style.colour.line;
    const half = line / 2;
    const least = 1.5 / scale; // shorter ones could not be seen
    scene.visit(left, top, right, bottom, each, (slot) => {
      for (let n = firstLine[slot] * 4; n < firstLine[slot + 1] * 4; n += 4) {
        const x1 = Math.min(lines[n], lines[n + 2]);
        const y1 = Math.min(lines[n + 1], lines[n + 3]);
        const wide = Math.abs(lines[n] - lines[n + 2]);
        const high = Math.abs(lines[n + 1] - lines[n + 3]);
        if (wide + high < least || x1 > right || y1 > bottom || x1 + wide < left || y1 + high < top) continue;
        context.fillRect(x1 - half, y1 - half, wide + line, high + line);
      }
    });
    context.globalAlpha = 1;
  }

  /** Boxes as blocks of colour: nothing of their text could be read. */
  drawBlocks(context, scale, sight) {
    const { scene, places } = this;
    const { states, style } = scene.data;
    const byLook = style.looks.map(() => []);
    const shown = (slot) => byLook[states.look[scene.state[slot]]].push(slot);
    this.drawLines(context, scale, sight, 0.6 / scale, shown);
    byLook.forEach((slots, look) => {
      context.fillStyle = style.looks[look].block;
      for (const slot of slots) {
        const box = scene.slots[slot];
        context.fillRect(places.x[slot], places.y[slot], box.width, box.height);
      }
    });
    if (scale < 0.12) return;
    context.fillStyle = style.colour.body;
    for (const slots of byLook) {
      for (const slot of slots) {
        const box = scene.slots[slot];
        const header = states.header[scene.state[slot]];
        const rest = box.height - header - 1;
        if (rest > 2) context.fillRect(places.x[slot] + 1, places.y[slot] + header, box.width - 2, rest);
      }
    }
  }

  /** Small signs where a branch can be closed. */
  drawHandles(pen, slots) {
    const { scene, places } = this;
    const { colour } = scene.data.style;
    for (const slot of slots) {
      const unit = scene.units[slot];
      if (!scene.tree.children[unit].length || scene.closed.has(unit)) continue;
      const [x, y] = this.handle(slot, places);
      pen.circle(x, y, 4.5, colour.paper, colour.line);
      pen.lines([[[x - 2.2, y], [x + 2.2, y]]], colour.quiet, 1.2);
    }
  }

  /** Where a branch's line goes out of its box. */
  handle(slot, places = this.scene) {
    const { scene } = this;
    const box = scene.slots[slot];
    const moved = places.x[slot] - scene.x[slot];
    if (!scene.data.arrangement.right) return [scene.trunks[slot] + moved, places.y[slot] + box.height + 4];
    return [places.x[slot] + box.width + 4, scene.trunks[slot] + places.y[slot] - scene.y[slot]];
  }
}
