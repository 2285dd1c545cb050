// From an arrangement to coordinates: the same sums as in viz/positions.py, by the rules of viz/arrangement.py.
//
// A slot is {width, height, hang, middle, tap, columns: [{items, rail, gap, apart}], asides, hung, centred}.

/** Sizes of blocks, put in from the leaves up. */
class Blocks {
  constructor(right, gaps, count) {
    this.right = right;
    this.gaps = gaps;
    this.across = new Float64Array(count);
    this.along = new Float64Array(count);
    this.box = new Float64Array(count);
    this.middle = new Float64Array(count);
    this.inside = new Array(count);
  }

  add(index, slot) {
    const { gaps, across } = this;
    const { columns, asides } = slot;
    const breadth = this.right ? slot.height + slot.hang : slot.width;
    const reach = this.right ? slot.width : slot.height + slot.hang;
    const { middle } = slot;
    if (!columns.length && !asides.length) {
      across[index] = breadth;
      this.along[index] = reach;
      this.middle[index] = middle;
      this.box[index] = 0;
      this.inside[index] = undefined;
      return;
    }
    let starts = [];
    let at = slot.hung ? gaps.inset : 0;
    for (const column of columns) {
      if (starts.length) at += column.gap;
      starts.push(at);
      let widest = 0;
      for (const item of column.items) widest = Math.max(widest, across[item]);
      at += widest + (column.rail ? gaps.indent : 0);
    }
    let box = 0;
    if (slot.centred && columns.length) {
      let line = columns.map((_, n) => n).filter((n) => !columns[n].apart);
      if (!line.length) line = columns.map((_, n) => n);
      const [first, last] = [line[0], line[line.length - 1]];
      box = Math.floor((this.drop(columns[first], starts[first]) + this.drop(columns[last], starts[last])) / 2) - middle;
    }
    const trunk = slot.hung ? gaps.inset : box + middle;
    let [sides, band] = this.beside(slot, trunk, reach);
    const shift = -Math.min(box, 0, ...sides.map((side) => side[0]));
    if (shift) {
      starts = starts.map((start) => start + shift);
      sides = sides.map(([start, along, before]) => [start + shift, along, before]);
    }
    let end = Math.max(box + shift + breadth, columns.length ? at + shift : 0);
    sides.forEach((side, n) => (end = Math.max(end, side[0] + across[asides[n]])));
    const bus = band + (slot.hung ? gaps.first : Math.floor(gaps.level / 2));
    this.inside[index] = { starts, sides, trunk: trunk + shift, bus };
    across[index] = end;
    this.box[index] = box + shift;
    this.middle[index] = box + shift + middle;
    let along = band;
    for (const column of columns) along = Math.max(along, bus + this.below(slot, column) + this.length(column));
    this.along[index] = along;
  }

  below(slot, column) {
    if (slot.hung) return 0;
    return column.rail ? this.gaps.first : Math.floor(this.gaps.level / 2);
  }

  drop(column, start) {
    return column.rail ? start : start + this.middle[column.items[0]];
  }

  length(column) {
    let total = this.gaps.stack * (column.items.length - 1);
    for (const item of column.items) total += this.along[item];
    return total;
  }

  beside(slot, trunk, reach) {
    const { gaps } = this;
    const { asides } = slot;
    const sides = [];
    let band = reach;
    const away = gaps.aside + (slot.hung ? gaps.indent : 0);
    const step = slot.centred && !slot.hung ? 2 : 1;
    for (let number = 0; number < asides.length; number += step) {
      const row = asides.slice(number, number + step);
      const top = band + (number ? gaps.stack : gaps.first);
      sides.push([trunk + away, top, false]);
      if (row.length > 1) sides.push([trunk - away - this.across[row[1]], top, true]);
      band = top + Math.max(...row.map((aside) => this.along[aside]));
    }
    return [sides, band];
  }
}

/** Coordinates of all slots: corners x and y, lines, the size of the canvas. */
function positions(right, gaps, slots, blocks = null) {
  if (!blocks) {
    blocks = new Blocks(right, gaps, slots.length);
    for (let index = slots.length - 1; index >= 0; index--) blocks.add(index, slots[index]);
  }
  const across = new Float64Array(slots.length);
  const along = new Float64Array(slots.length);
  const trunks = new Float64Array(slots.length); // where the line goes out of a box, across
  const lines = [];
  const line = (parent, a, b, c, d) => {
    if (right) lines.push(b, a, d, c, parent);
    else lines.push(a, b, c, d, parent);
  };
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    const inside = blocks.inside[index];
    const [a, b] = [across[index], along[index]];
    across[index] = a + blocks.box[index];
    if (!inside) continue;
    const out = b + (right ? slot.width : slot.height);
    const trunk = a + inside.trunk;
    trunks[index] = trunk;
    let last = out;
    slot.asides.forEach((aside, n) => {
      const [start, top, before] = inside.sides[n];
      across[aside] = a + start;
      along[aside] = b + top;
      const stub = b + top + slots[aside].tap;
      last = Math.max(last, stub);
      let side = a + start + blocks.box[aside];
      if (before) side += right ? slots[aside].height : slots[aside].width;
      line(index, trunk, stub, side, stub);
    });
    if (!slot.columns.length) {
      line(index, trunk, out, trunk, last);
      continue;
    }
    const bus = b + inside.bus;
    let [first, end] = [trunk, trunk];
    slot.columns.forEach((column, n) => {
      const begin = a + inside.starts[n];
      const top = bus + blocks.below(slot, column);
      if (!column.rail) {
        const item = column.items[0];
        const drop = begin + blocks.middle[item];
        [first, end] = [Math.min(first, drop), Math.max(end, drop)];
        across[item] = begin;
        along[item] = top;
        line(index, drop, bus, drop, top);
        return;
      }
      [first, end] = [Math.min(first, begin), Math.max(end, begin)];
      let y = top;
      let tap = top;
      for (const item of column.items) {
        across[item] = begin + gaps.indent;
        along[item] = y;
        tap = y + slots[item].tap;
        line(index, begin, tap, begin + gaps.indent + blocks.box[item], tap);
        y += blocks.along[item] + gaps.stack;
      }
      line(index, begin, slot.hung ? out : bus, begin, tap);
    });
    if (!slot.hung) {
      line(index, trunk, out, trunk, bus);
      if (first < end) line(index, first, bus, end, bus);
    }
  }
  const size = [blocks.across[0], blocks.along[0]];
  return {
    x: right ? along : across,
    y: right ? across : along,
    lines,
    trunks,
    width: right ? size[1] : size[0],
    height: right ? size[0] : size[1],
  };
}
