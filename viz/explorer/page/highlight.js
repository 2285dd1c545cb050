// What is drawn over the boxes: the selected unit, changes of the day, a person's posts, ties, overlaps.

const MOST_OVERLAPS = 12; // the same for overlaps: the strongest
const MOST_PEOPLE = 6; // people in several posts whose lines are all drawn

class Highlights {
  constructor(scene, painter) {
    Object.assign(this, { scene, painter });
    this.person = -1;
    this.overlap = -1; // number of the one that is looked at
    this.overlaps = false; // all of them
    this.hover = -1;
  }

  /** Draws everything; it is one of the view's layers. */
  draw(pen, view, mode) {
    const { scene } = this;
    const { style } = scene.data;
    const places = view.places ?? scene;
    const thin = Math.max(1, 1 / view.camera.scale);
    for (const [unit, kind] of scene.marked) {
      const slot = scene.slotOf[unit];
      if (slot >= 0) this.frame(pen, places, slot, style.change[kind].edge, 3 * thin, 3);
    }
    if (mode !== "blocks" || scene.units.length < 3000) this.lines(pen, places, thin);
    if (this.hover >= 0 && this.hover < scene.units.length) this.frame(pen, places, this.hover, style.colour.quiet, thin, 1.5);
    const slot = scene.selected >= 0 ? scene.shownSlot(scene.selected) : -1;
    if (slot >= 0) this.frame(pen, places, slot, ACCENT, 2.5 * thin, 3);
  }

  /** The lines alone, for a picture. */
  lines(pen, places, thin) {
    const { scene } = this;
    const plain = this.person < 0 && this.overlap < 0 && !this.overlaps; // nothing is looked at
    const routed = plain && scene.whole && !places.shown;
    for (const [person, posts] of scene.numbers) {
      if (routed && person !== this.person) continue;
      if (this.person >= 0 ? person === this.person : scene.numbers.size <= MOST_PEOPLE) this.personLines(pen, places, person, posts, thin);
    }
    if (this.person >= 0 && !scene.numbers.has(this.person)) this.personLines(pen, places, this.person, scene.postsOf(this.person), thin);
    if (routed) this.ways(pen, thin);
    else if (plain && scene.day === scene.data.chart.on) this.connectors(pen, places, thin);
    if (scene.selected >= 0) this.ties(pen, places, scene.selected, thin);
    scene.data.overlaps.forEach((overlap, number) => {
      if (this.overlap >= 0 ? number === this.overlap : this.overlaps && number < MOST_OVERLAPS) this.overlapLines(pen, places, overlap, number, thin);
    });
  }

  frame(pen, places, slot, colour, line, away) {
    const box = this.scene.slots[slot];
    pen.rect(places.x[slot] - away, places.y[slot] - away, box.width + 2 * away, box.height + 2 * away, {
      stroke: colour,
      line,
      radius: away,
    });
  }

  personLines(pen, places, person, posts, thin) {
    const { scene, painter } = this;
    const mark = scene.data.people.mark[person];
    const colour = mark ? painter.personColour(mark) : ACCENT;
    const slots = [...new Set(posts.map((tenure) => scene.shownSlot(scene.data.posts.unit[scene.data.tenures.post[tenure]])))];
    const looked = this.person === person;
    if (looked) slots.forEach((slot) => this.frame(pen, places, slot, colour, 2.5 * thin, 3));
    for (let n = 1; n < slots.length; n++) {
      const look = scene.data.style.connectors.concurrent;
      const middle = this.connect(pen, places, slots[n - 1], slots[n], colour, (looked ? 2 : look.width) * thin, look.dash);
      if (mark) painter.mark(pen, ...middle, mark);
    }
  }

  /** The static chart's lines, which go round the boxes. */
  ways(pen, thin) {
    const { scene, painter } = this;
    const { style, chart } = scene.data;
    for (const { kind, mark, sign, arrow, way } of chart.connectors) {
      if (!way) continue;
      const look = style.connectors[kind];
      const colour = look.colour || painter.personColour(mark || 1);
      pen.lines([way], colour, look.width * thin, look.dash);
      const last = way.length - 1;
      pen.circle(...way[0], 2.4, colour);
      if (arrow) pen.polygon(arrowHead(way[last - 1], way[last], style.arrow), colour);
      else pen.circle(...way[last], 2.4, colour);
      if (mark || sign) this.sign(pen, middleOf(way), kind, mark, scene.data.text(sign), colour);
    }
  }

  sign(pen, [x, y], kind, mark, words, colour) {
    const { painter } = this;
    if (words) painter.label(pen, x, y, words, colour);
    else if (kind === "concurrent") painter.mark(pen, x, y, mark);
    else if (mark) painter.square(pen, x, y, String(mark));
  }

  /** What the chart of the first day draws beside the tree: what became of units, findings. */
  connectors(pen, places, thin) {
    const { scene, painter } = this;
    const { connectors } = scene.data.style;
    for (const { kind, start, end, mark, sign } of scene.data.chart.connectors) {
      if (kind === "concurrent" && scene.numbers.size) continue; // drawn by person
      const [a, b] = [scene.shownSlot(start), scene.shownSlot(end)];
      if (a < 0 || b < 0 || a === b) continue;
      const look = connectors[kind];
      const colour = look.colour || painter.personColour(mark || 1);
      const middle = this.connect(pen, places, a, b, colour, look.width * thin, look.dash);
      this.sign(pen, middle, kind, mark, scene.data.text(sign), colour);
    }
  }

  ties(pen, places, unit, thin) {
    const { data } = this.scene;
    const { ties } = data;
    for (let tie = 0; tie < ties.start.length; tie++) {
      if (ties.start[tie] !== unit && ties.end[tie] !== unit) continue;
      if (!data.holds(ties, tie, this.scene.day)) continue;
      const look = data.style.connectors[data.text(ties.kind[tie])] ?? { width: 1.2, dash: [3, 3], colour: data.style.colour.quiet };
      const [a, b] = [this.scene.shownSlot(ties.start[tie]), this.scene.shownSlot(ties.end[tie])];
      if (a >= 0 && b >= 0 && a !== b) this.connect(pen, places, a, b, look.colour || data.style.colour.quiet, look.width * thin, look.dash);
    }
  }

  overlapLines(pen, places, [, , units], number, thin) {
    const { scene, painter } = this;
    const look = scene.data.style.connectors.overlap;
    const slots = [...new Set(units.filter((unit) => scene.tree.has(unit)).map((unit) => scene.shownSlot(unit)))];
    if (number === this.overlap) slots.forEach((slot) => this.frame(pen, places, slot, look.colour, 2.5 * thin, 3));
    for (let n = 1; n < slots.length; n++) {
      const middle = this.connect(pen, places, slots[0], slots[n], look.colour, look.width * thin, look.dash);
      painter.mark(pen, ...middle, number + 1, look.colour);
    }
  }

  /** A bowed dashed line between two boxes; returns its middle. */
  connect(pen, places, a, b, colour, line, dash) {
    const { slots } = this.scene;
    const centre = (slot) => [places.x[slot] + slots[slot].width / 2, places.y[slot] + slots[slot].height / 2];
    const [from, to] = [centre(a), centre(b)];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const far = Math.hypot(dx, dy) || 1;
    const bow = Math.min(far * 0.18, 140);
    const control = [(from[0] + to[0]) / 2 - (dy / far) * bow, (from[1] + to[1]) / 2 + (dx / far) * bow];
    const at = (t) => [0, 1].map((n) => (1 - t) ** 2 * from[n] + 2 * t * (1 - t) * control[n] + t * t * to[n]);
    const inside = ([x, y], slot) =>
      x > places.x[slot] && x < places.x[slot] + slots[slot].width && y > places.y[slot] && y < places.y[slot] + slots[slot].height;
    const points = Array.from({ length: 41 }, (_, n) => at(n / 40)).filter((point) => !inside(point, a) && !inside(point, b));
    if (points.length < 2) return at(0.5);
    pen.lines([points], "#ffffff", line + 2);
    pen.lines([points], colour, line, dash);
    for (const [x, y] of [points[0], points[points.length - 1]]) pen.circle(x, y, 2.4 + line / 2, colour);
    return points[Math.floor(points.length / 2)];
  }
}

/** The middle of a way's longest piece. */
function middleOf(way) {
  let best = 0;
  const far = (n) => Math.abs(way[n + 1][0] - way[n][0]) + Math.abs(way[n + 1][1] - way[n][1]);
  for (let n = 1; n < way.length - 1; n++) if (far(n) > far(best)) best = n;
  return [(way[best][0] + way[best + 1][0]) / 2, (way[best][1] + way[best + 1][1]) / 2];
}

function arrowHead(before, tip, long) {
  const far = Math.max(Math.hypot(tip[0] - before[0], tip[1] - before[1]), 0.01);
  const [dx, dy] = [(tip[0] - before[0]) / far, (tip[1] - before[1]) / far];
  const [x, y, half] = [tip[0] - dx * long, tip[1] - dy * long, long * 0.42];
  return [tip, [x - dy * half, y + dx * half], [x + dy * half, y - dx * half]];
}

const ACCENT = "#0b62c4"; // of what is selected, as in the style sheet
