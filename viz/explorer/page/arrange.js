// How the shown part of the tree is arranged: as on the first day where nothing is different there,
// else by the same rules as in viz/arrange.py.

const ROW_OF_LEAVES = 5;
const RUN = 3;
const MOST_ASIDES = 6;
const ASPECT = 1.6; // of a screen

/** Arranges what is shown of a tree; `shown(unit)` gives the children that are drawn. */
class Arranger {
  constructor(data, badgeWidth) {
    this.data = data;
    this.given = data.arrangement;
    this.badgeWidth = badgeWidth;
    this.slotOf = new Map(this.given.units.map((unit, slot) => [unit, slot]));
    this.givenSlots = this.given.slots.map(([width, height, hang, middle, tap, columns, asides, hung, centred]) => ({
      width,
      height,
      hang,
      middle,
      tap,
      columns: columns.map(([items, rail, gap, apart]) => ({ items, rail: Boolean(rail), gap, apart: Boolean(apart) })),
      asides,
      hung: Boolean(hung),
      centred: Boolean(centred),
    }));
  }

  /** {units, slots, numbers}: units in preorder with their slots; `hidden(unit)` counts what a closed box hides. */
  arrange(tree, closed) {
    const { data, given } = this;
    const units = [];
    const stack = [0];
    while (stack.length) {
      const unit = stack.pop();
      units.push(unit);
      if (closed.has(unit)) continue;
      const children = tree.children[unit];
      for (let n = children.length - 1; n >= 0; n--) stack.push(children[n]);
    }
    const state = units.map((unit) => data.stateOn(unit, tree.day));
    const whole = tree.day === data.chart.on && units.length === tree.order.length && units.length === given.units.length;
    if (whole && units.every((unit, n) => unit === given.units[n])) {
      return { units, state, slots: this.givenSlots, blocks: null };
    }
    return { units, state, ...this.plan(tree, closed, units, state) };
  }

  plan(tree, closed, units, state) {
    const { data, given } = this;
    const { right } = given;
    const count = units.length;
    const number = new Int32Array(data.count).fill(-1);
    units.forEach((unit, n) => (number[unit] = n));
    this.leaf = units.map((unit) => closed.has(unit) || !tree.children[unit].length);
    const hanging = Math.floor(data.style.box.badge_height + data.style.box.badge_gap);
    const step = data.style.box.width_step;
    const widths = new Float64Array(count);
    const hangs = new Float64Array(count);
    const widest = [];
    units.forEach((unit, n) => {
      const hides = closed.has(unit) && tree.size[unit] > 1;
      hangs[n] = hides ? hanging : 0;
      const badge = hides ? Math.ceil(this.badgeWidth(tree.size[unit] - 1) / step) * step : 0;
      widths[n] = Math.max(data.states.width[state[n]], badge);
      const depth = tree.depth[unit];
      widest[depth] = Math.max(widest[depth] ?? 0, widths[n]);
    });
    if (right) units.forEach((unit, n) => (widths[n] = widest[tree.depth[unit]]));
    this.length = this.stackLength(right, state, widths, hangs);
    const blocks = new Blocks(right, given.gaps, count);
    const slots = new Array(count);
    for (let n = count - 1; n >= 0; n--) {
      const unit = units[n];
      const depth = tree.depth[unit];
      const children = this.leaf[n] ? [] : tree.children[unit].map((child) => number[child]);
      const [columns, asides] = this.columns(unit, depth, children, units, state, blocks);
      if (!right) {
        for (const column of columns) if (column.rail) this.even(column, widths, slots, blocks);
      }
      const header = data.states.header[state[n]];
      slots[n] = {
        width: widths[n],
        height: data.states.height[state[n]],
        hang: hangs[n],
        middle: Math.floor((right ? header : widths[n]) / 2),
        tap: Math.floor((right ? widths[n] : header) / 2),
        columns,
        asides,
        hung: columns.length === 1 && columns[0].rail,
        centred: depth < Math.max(given.rows, 1),
      };
      blocks.add(n, slots[n]);
    }
    return { slots, blocks };
  }

  /** As long as a stack should be: shorter than at first where less is shown. */
  stackLength(right, state, widths, hangs) {
    if (!this.given.length) return 0;
    const { gap } = this.data.style;
    let area = 0;
    let longest = 0;
    state.forEach((each, n) => {
      const high = this.data.states.height[each] + hangs[n];
      if (right) area += (widths[n] + gap.stack) * (high + gap.indent + gap.column);
      else area += (widths[n] + gap.indent + gap.column) * (high + gap.stack);
      longest = Math.max(longest, right ? widths[n] : high);
    });
    return Math.min(this.given.length, Math.max(Math.sqrt(area * (right ? ASPECT : 1 / ASPECT)), 3 * longest));
  }

  /** Columns and asides under a unit, as given where its children are the same as there. */
  columns(unit, depth, children, units, state, blocks) {
    const kinds = children.map((child) => this.data.states.aside[state[child]]);
    const offices = children.filter((_, n) => kinds[n] === 1);
    // a longer trunk would part the line from its head
    const asides = offices.length > MOST_ASIDES ? [] : offices;
    const same = this.sameAsGiven(unit, children, units);
    if (same) return [same, asides];
    let line = children.filter((child, n) => kinds[n] !== 2 && !asides.includes(child));
    let staff = children.filter((_, n) => kinds[n] === 2);
    if (!line.length) [line, staff] = [staff, []];
    const columns = [];
    for (const [apart, items] of [[false, line], [true, staff]]) {
      for (const [group, rail] of this.groups(depth, items)) {
        for (const part of rail ? this.parts(group, blocks) : [group]) {
          const gap = columns.length ? this.between(columns[columns.length - 1], part, rail, apart) : 0;
          columns.push({ items: part, rail, gap, apart });
        }
      }
    }
    return [columns, asides];
  }

  sameAsGiven(unit, children, units) {
    const slot = this.givenSlots[this.slotOf.get(unit)];
    if (!slot) return null;
    const { given } = this;
    const before = slot.columns.flatMap((column) => column.items);
    if (before.length + slot.asides.length !== children.length) return null;
    const byUnit = new Map(children.map((child) => [units[child], child]));
    for (const item of [...before, ...slot.asides]) {
      const child = byUnit.get(given.units[item]);
      if (child === undefined) return null;
      const under = this.givenSlots[item];
      if (this.leaf[child] !== (!under.columns.length && !under.asides.length)) return null;
    }
    return slot.columns.map((column) => ({ ...column, items: column.items.map((item) => byUnit.get(given.units[item])) }));
  }

  groups(depth, children) {
    const { rows } = this.given;
    const { length } = this;
    if (!children.length) return [];
    if (depth >= rows) return [[children, children.length > 1 || depth > 0]];
    if (children.length === 1 || (!depth && children.length <= ROW_OF_LEAVES) || !length) {
      return children.map((child) => [[child], false]);
    }
    const groups = [];
    let run = [];
    const flush = () => {
      if (run.length >= RUN) groups.push([run, true]);
      else run.forEach((leaf) => groups.push([[leaf], false]));
      run = [];
    };
    for (const child of children) {
      if (this.leaf[child]) run.push(child);
      else {
        flush();
        groups.push([[child], false]);
      }
    }
    flush();
    return groups;
  }

  parts(items, blocks) {
    const { stack } = this.given.gaps;
    const { length } = this;
    let total = 0;
    for (const item of items) total += blocks.along[item] + stack;
    const columns = Math.min(Math.ceil(total / (length * 1.1)), items.length);
    if (columns <= 1) return [items];
    const target = total / columns;
    const parts = [[]];
    let filled = 0;
    for (const item of items) {
      const here = blocks.along[item] + stack;
      if (parts[parts.length - 1].length && parts.length < columns && filled + here / 2 > target * parts.length) {
        parts.push([]);
      }
      parts[parts.length - 1].push(item);
      filled += here;
    }
    return parts;
  }

  between(last, items, rail, apart) {
    const { gap } = this.data.style;
    if (apart && !last.apart) return gap.apart;
    if (last.rail || rail) return gap.column;
    if (this.given.right) return gap.stack;
    return this.leaf[last.items[0]] && this.leaf[items[0]] ? gap.sibling : gap.branch;
  }

  /** Make the leaves under a rail equally wide. */
  even(column, widths, slots, blocks) {
    const leaves = column.items.filter((item) => this.leaf[item]);
    let widest = 0;
    for (const item of leaves) widest = Math.max(widest, widths[item]);
    for (const item of leaves) {
      if (slots[item].width === widest) continue;
      widths[item] = widest;
      slots[item] = { ...slots[item], width: widest, middle: Math.floor(widest / 2) };
      blocks.add(item, slots[item]);
    }
  }
}
