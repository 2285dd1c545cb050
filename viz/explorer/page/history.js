// The tree on a day, and the days on which something changes.

/** Parents and children of all units on a day, from the root down. */
class Tree {
  constructor(data, day) {
    const count = data.count;
    this.day = day;
    this.parent = new Int32Array(count).fill(-1);
    this.depth = new Int32Array(count).fill(-1);
    this.children = Array.from({ length: count }, () => []);
    this.order = []; // units that are there, those nearer to the root first
    const below = this.links(data, day);
    this.depth[0] = 0;
    let edge = [0];
    while (edge.length) {
      const next = [];
      for (const parent of edge) {
        this.order.push(parent);
        for (const child of below[parent] ?? []) {
          if (this.depth[child] >= 0) continue;
          this.depth[child] = this.depth[parent] + 1;
          this.parent[child] = parent;
          this.children[parent].push(child);
          next.push(child);
        }
      }
      edge = next;
    }
    this.size = new Int32Array(count).fill(1);
    for (let i = this.order.length - 1; i > 0; i--) this.size[this.parent[this.order[i]]] += this.size[this.order[i]];
  }

  has(unit) {
    return this.depth[unit] >= 0;
  }

  links(data, day) {
    const { lines, units, chart } = data;
    const alive = [];
    const inPlace = new Uint8Array(data.count);
    for (let line = 0; line < lines.start.length; line++) {
      const child = lines.start[line];
      const parent = lines.end[line];
      if (!data.holds(lines, line, day) || !data.holds(units, child, day) || !data.holds(units, parent, day)) continue;
      alive.push(line);
      if (parent === 0) inPlace[child] = 1;
    }
    // a territory is the parent only of what has no other parent in it
    const below = Array.from({ length: data.count }, () => null);
    const hidden = new Uint8Array(data.count);
    if (chart.territory) {
      for (const line of alive) {
        if (lines.end[line] !== 0 && inPlace[lines.end[line]]) hidden[lines.start[line]] = 1;
      }
    }
    for (const line of alive) {
      const child = lines.start[line];
      const parent = lines.end[line];
      if (chart.territory && inPlace[child] && (parent === 0) === Boolean(hidden[child])) continue;
      addTo(below, parent, child);
    }
    return below;
  }

  /** Units above a unit, the nearest first. */
  above(unit) {
    const found = [];
    for (let step = this.parent[unit]; step >= 0; step = this.parent[step]) found.push(step);
    return found;
  }
}

/** The days on which something changes: [{day, weight}], weight 2 for units and events, 1 for people. */
function changeDays(data) {
  const found = new Map();
  const add = (day, weight) => {
    if (day > FIRST && day < LAST) found.set(day, Math.max(found.get(day) ?? 0, weight));
  };
  for (const table of [data.units, data.lines]) {
    table.from.forEach((day) => add(day, 2));
    table.to.forEach((day) => add(day, 2));
  }
  for (const names of Object.values(data.former)) names.forEach(([until]) => add(until, 2));
  data.events.day.forEach((day) => add(day, 2));
  for (const table of [data.tenures]) {
    table.from.forEach((day) => add(day, 1));
    table.to.forEach((day) => add(day, 1));
  }
  return [...found].map(([day, weight]) => ({ day, weight })).sort((a, b) => a.day - b.day);
}

/** What is different between two days: [{kind, unit, before}], kind as in the style's changes. */
function differences(data, before, after) {
  const found = [];
  for (let unit = 0; unit < data.count; unit++) {
    const was = before.has(unit);
    const is = after.has(unit);
    if (!was && !is) continue;
    if (!was) found.push({ kind: "created", unit });
    else if (!is) found.push({ kind: "ended", unit });
    else {
      const old = data.nameOn(unit, before.day);
      if (old !== data.nameOn(unit, after.day)) found.push({ kind: "renamed", unit, before: old });
      else if (before.parent[unit] !== after.parent[unit]) found.push({ kind: "moved", unit, before: before.parent[unit] });
      else if (peopleKey(data, unit, before.day) !== peopleKey(data, unit, after.day)) found.push({ kind: "changed", unit });
    }
  }
  return found;
}

function peopleKey(data, unit, day) {
  const found = [];
  for (const post of data.postsOf[unit] ?? []) {
    for (const tenure of data.holders(post, day)) found.push(`${post}/${data.tenures.person[tenure]}`);
  }
  return found.join();
}
