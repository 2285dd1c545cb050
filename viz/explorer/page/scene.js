// What is shown: the day, which units are closed, where the boxes are, what is selected.

class Scene {
  constructor(data, badgeWidth) {
    this.data = data;
    this.badgeText = (count) => word("hidden", { n: numberText(count) });
    this.arranger = new Arranger(data, (count) => badgeWidth(this.badgeText(count)));
    this.closed = new Set();
    this.selected = -1;
    this.marked = new Map(); // unit -> kind of change
    this.gone = []; // units that ended on the day
    this.version = 0; // of the places of the boxes
    this.tree = new Tree(data, data.chart.on);
    this.numbers = this.concurrent();
    this.openTo(data.chart.depth);
  }

  /** Show another day; the boxes keep being open or closed. */
  setDay(day) {
    this.tree = new Tree(this.data, day);
    this.numbers = this.concurrent();
    this.place();
  }

  get day() {
    return this.tree.day;
  }

  /** Open what has at most `depth` levels above it and close the rest; null: as much as can be read. */
  openTo(depth) {
    const { tree } = this;
    if (depth === null) depth = this.readableDepth();
    this.closed.clear();
    for (const unit of tree.order) {
      if (tree.children[unit].length && tree.depth[unit] >= depth) this.closed.add(unit);
    }
    this.place();
  }

  readableDepth() {
    const perLevel = [];
    for (const unit of this.tree.order) perLevel[this.tree.depth[unit]] = (perLevel[this.tree.depth[unit]] ?? 0) + 1;
    if (this.tree.order.length <= MOST_AT_FIRST) return Infinity;
    let depth = 0;
    let shown = 1;
    while (depth + 1 < perLevel.length && shown + perLevel[depth + 1] <= MOST_AT_FIRST) shown += perLevel[++depth];
    return Math.max(depth, 1);
  }

  isClosed(unit) {
    return this.closed.has(unit) && this.tree.children[unit].length > 0;
  }

  toggle(unit) {
    if (!this.tree.children[unit].length) return;
    if (!this.closed.delete(unit)) this.closed.add(unit);
    this.place();
  }

  /** Open everything above a unit. */
  reveal(unit) {
    let changed = false;
    for (const above of this.tree.above(unit)) changed = this.closed.delete(above) || changed;
    if (changed) this.place();
  }

  /** Work out where everything is. */
  place() {
    const { data, tree } = this;
    const { units, state, slots, blocks } = this.arranger.arrange(tree, this.closed);
    const found = positions(data.arrangement.right, data.arrangement.gaps, slots, blocks);
    this.whole = slots === this.arranger.givenSlots; // as Python has placed it
    this.units = units;
    this.state = state;
    this.slots = slots;
    this.x = found.x;
    this.y = found.y;
    this.trunks = found.trunks;
    this.width = found.width;
    this.height = found.height;
    this.slotOf = new Int32Array(data.count).fill(-1);
    units.forEach((unit, slot) => (this.slotOf[unit] = slot));
    this.setLines(found.lines);
    this.setBounds();
    this.version++;
  }

  setLines(lines) {
    const count = this.units.length;
    this.lines = new Float32Array((lines.length / 5) * 4);
    this.firstLine = new Int32Array(count + 1);
    for (let from = 0, to = 0; from < lines.length; from += 5) {
      for (let n = 0; n < 4; n++) this.lines[to++] = lines[from + n];
      this.firstLine[lines[from + 4] + 1]++;
    }
    for (let slot = 0; slot < count; slot++) this.firstLine[slot + 1] += this.firstLine[slot];
  }

  /** The rectangle of every box with all that is below it, so that what is out of sight is passed over. */
  setBounds() {
    const count = this.units.length;
    const { x, y, slots } = this;
    this.left = Float64Array.from(x);
    this.top = Float64Array.from(y);
    this.right = new Float64Array(count);
    this.bottom = new Float64Array(count);
    this.next = new Int32Array(count); // the first slot in preorder that is not below
    for (let slot = count - 1; slot >= 0; slot--) {
      this.right[slot] = Math.max(this.right[slot], x[slot] + slots[slot].width);
      this.bottom[slot] = Math.max(this.bottom[slot], y[slot] + slots[slot].height + slots[slot].hang);
      this.next[slot] = Math.max(this.next[slot], slot + 1);
      const parent = slot ? this.slotOf[this.tree.parent[this.units[slot]]] : -1;
      if (parent < 0) continue;
      this.left[parent] = Math.min(this.left[parent], this.left[slot]);
      this.top[parent] = Math.min(this.top[parent], this.top[slot]);
      this.right[parent] = Math.max(this.right[parent], this.right[slot]);
      this.bottom[parent] = Math.max(this.bottom[parent], this.bottom[slot]);
      this.next[parent] = Math.max(this.next[parent], this.next[slot]);
    }
  }

  /** Calls `each(slot)` for the boxes in a rectangle and `branch(slot)` for those with lines that may be in it. */
  visit(left, top, right, bottom, each, branch = () => {}) {
    const count = this.units.length;
    for (let slot = 0; slot < count; ) {
      if (this.left[slot] > right || this.right[slot] < left || this.top[slot] > bottom || this.bottom[slot] < top) {
        slot = this.next[slot];
        continue;
      }
      const box = this.slots[slot];
      if (this.firstLine[slot + 1] > this.firstLine[slot]) branch(slot);
      if (this.x[slot] <= right && this.x[slot] + box.width >= left && this.y[slot] <= bottom) {
        if (this.y[slot] + box.height + box.hang >= top) each(slot);
      }
      slot++;
    }
  }

  /** The slot whose box, with its badge, is at a point; -1: none. */
  at(x, y) {
    let found = -1;
    this.visit(x, y, x, y, (slot) => (found = slot));
    return found;
  }

  /** The slot of a unit's box, or of the closed one that hides it. */
  shownSlot(unit) {
    for (let step = unit; step >= 0; step = this.tree.parent[step]) {
      if (this.slotOf[step] >= 0) return this.slotOf[step];
    }
    return -1;
  }

  /** People in several posts on the day: person -> rows of tenures, in the order of their marks. */
  concurrent() {
    const { data, tree } = this;
    const found = [];
    data.people.mark.forEach((mark, person) => {
      if (!mark) return;
      const posts = this.postsOf(person);
      if (posts.length > 1) found.push([mark, person, posts]);
    });
    return new Map(found.sort((a, b) => a[0] - b[0]).map(([, person, posts]) => [person, posts]));
  }

  /** The posts of a person on the day, one row of tenures each. */
  postsOf(person) {
    const { data, tree } = this;
    const seen = new Set();
    return (data.postsOfPerson[person] ?? []).filter((tenure) => {
      const post = data.tenures.post[tenure];
      if (seen.has(post) || !data.holds(data.tenures, tenure, tree.day) || !data.holds(data.posts, post, tree.day)) return false;
      if (!tree.has(data.posts.unit[post])) return false;
      seen.add(post);
      return true;
    });
  }
}

const MOST_AT_FIRST = 400; // boxes that are open at first
