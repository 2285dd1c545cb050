// The data of the page: unpacked once, then read only.

const FIRST = -999999;
const LAST = 999999;

/** The JSON value in the page; packed (deflate, base64) where it is large. */
async function readData() {
  const element = document.getElementById("data");
  const content = element.textContent;
  if (element.dataset.packed === undefined) return JSON.parse(content);
  const bytes = Uint8Array.from(atob(content.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** The tables with what is looked up often prepared: texts, first state of a unit, posts of a unit. */
class Data {
  constructor(raw) {
    Object.assign(this, raw.tables);
    this.strings = raw.strings;
    this.states = raw.states;
    this.arrangement = raw.arrangement;
    this.overlaps = raw.overlaps;
    this.chart = raw.chart;
    this.style = raw.style;
    this.words = raw.labels;
    // as a block without text: a pale box by its edge
    for (const look of this.style.looks) look.block = isPale(look.fill) ? look.edge : look.fill;
    this.count = this.units.name.length;
    this.firstState = starts(this.states.unit, this.count);
    this.postsOf = group(this.posts.unit, this.count);
    this.tenuresOf = group(this.tenures.post, this.posts.unit.length);
    this.postsOfPerson = group(this.tenures.person, this.people.name.length);
    this.dutiesOf = group(this.duties.unit, this.count);
    this.eventsOf = this.groupEvents();
  }

  groupEvents() {
    const found = Array.from({ length: this.count }, () => null);
    for (let event = 0; event < this.events.kind.length; event++) {
      for (const unit of new Set([...this.events.into[event], ...this.events.out[event]])) {
        addTo(found, unit, event);
      }
    }
    return found;
  }

  /** A text by its number. */
  text(number) {
    return this.strings[number];
  }

  holds(table, row, day) {
    return table.from[row] <= day && day < table.to[row];
  }

  /** A unit's official name on a day. */
  nameOn(unit, day) {
    for (const [until, name] of this.former[unit] ?? []) {
      if (until > day) return this.strings[name];
    }
    return this.strings[this.units.name[unit]];
  }

  /** The number of the state in which a unit's box is on a day. */
  stateOn(unit, day) {
    const { day: days } = this.states;
    let state = this.firstState[unit];
    const end = this.firstState[unit + 1];
    while (state + 1 < end && days[state + 1] <= day) state++;
    return state < end ? state : -1;
  }

  /** Who is in a post on a day: rows of tenures, each person once. */
  holders(post, day) {
    const found = [];
    const seen = new Set();
    for (const tenure of this.tenuresOf[post] ?? []) {
      const person = this.tenures.person[tenure];
      if (this.holds(this.tenures, tenure, day) && !seen.has(person)) {
        seen.add(person);
        found.push(tenure);
      }
    }
    return found;
  }
}

function isPale(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue > 232;
}

/** Where the rows of each unit begin in a column that is sorted by unit. */
function starts(column, count) {
  const found = new Int32Array(count + 1);
  for (const unit of column) found[unit + 1]++;
  for (let unit = 0; unit < count; unit++) found[unit + 1] += found[unit];
  return found;
}

/** Put a value into the list at a place, which is null as long as there is none. */
function addTo(lists, place, value) {
  if (lists[place]) lists[place].push(value);
  else lists[place] = [value];
}

/** Row numbers by the value of a column. */
function group(column, count) {
  const found = Array.from({ length: count }, () => null);
  column.forEach((value, row) => addTo(found, value, row));
  return found;
}
