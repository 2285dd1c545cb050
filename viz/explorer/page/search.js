// Search for units (by all their names) and people; with or without diacritics, or by first letters.

const MOST_RESULTS = 40;

class Search {
  constructor(scene, actions) {
    Object.assign(this, { scene, actions });
    this.entries = this.index();
    this.input = byId("query");
    this.list = byId("results");
    this.results = [];
    this.active = -1;
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.input.value && this.show());
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("#search")) this.close();
    });
  }

  /** All names: {key, letters, unit or person, name, former}. */
  index() {
    const { data } = this.scene;
    const entries = [];
    const add = (entry, name, key) => {
      entry.name = data.text(name);
      entry.key = ` ${data.text(key)}`;
      entry.plain = ` ${fold(entry.name)}`;
      entry.letters = entry.key.replace(/ (\S)\S*/g, "$1");
      entries.push(entry);
    };
    for (let unit = 0; unit < data.count; unit++) {
      add({ unit, person: -1, former: false }, data.units.name[unit], data.units.key[unit]);
      for (const [, name, key] of data.former[unit] ?? []) add({ unit, person: -1, former: true }, name, key);
    }
    data.people.name.forEach((name, person) => add({ unit: -1, person, former: false }, name, data.people.key[person]));
    return entries;
  }

  /** The entries that fit a query, the best first. */
  find(query) {
    const wanted = fold(query);
    if (!wanted) return [];
    const words = wanted.split(" ");
    const letters = words.length === 1 && wanted.length > 1 ? wanted : null;
    const found = new Map();
    for (const entry of this.entries) {
      const score = this.score(entry, wanted, words, letters);
      if (!score) continue;
      const there = entry.unit < 0 ? this.scene.postsOf(entry.person).length > 0 : this.scene.tree.has(entry.unit);
      const depth = entry.unit < 0 || !there ? 9 : Math.min(this.scene.tree.depth[entry.unit], 8);
      const rank = score + (there ? 0 : 4) + (entry.former ? 1 : 0) + depth / 20 + entry.key.length / 2000;
      const key = entry.unit < 0 ? `p${entry.person}` : `u${entry.unit}`;
      if (!found.has(key) || found.get(key).rank > rank) found.set(key, { ...entry, rank, there });
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank || a.unit - b.unit || a.person - b.person);
  }

  score(entry, wanted, words, letters) {
    for (const key of entry.plain === entry.key ? [entry.key] : [entry.key, entry.plain]) {
      if (key === ` ${wanted}`) return 1;
      if (key.startsWith(` ${wanted}`)) return 2;
      if (key.includes(` ${wanted}`)) return 2.5;
      if (words.every((each) => key.includes(` ${each}`))) return 3;
      if (wanted.length > 2 && key.includes(wanted)) return 3.5;
    }
    return letters && entry.letters.startsWith(letters) ? 3.2 : 0;
  }

  show() {
    const found = this.find(this.input.value);
    this.results = found.slice(0, MOST_RESULTS);
    this.active = this.results.length ? 0 : -1;
    const items = this.results.map((result, n) => this.item(result, n));
    if (!items.length) items.push(el("li", { class: "none", text: this.input.value.trim() ? word("nothing_found") : word("type_to_search") }));
    else if (found.length > this.results.length) items.push(el("li", { class: "none", text: word("more", { n: found.length - this.results.length }) }));
    this.list.replaceChildren(...items);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
    announce(word("found", { n: found.length }));
  }

  item(result, n) {
    const { data, tree } = this.scene;
    let about = "";
    if (result.unit < 0) {
      const tenures = this.scene.postsOf(result.person);
      const any = tenures.length ? tenures : (data.postsOfPerson[result.person] ?? []).slice(-2);
      about = any.map((tenure) => postText(data, data.tenures.post[tenure], this.scene.day)).join("; ");
    } else {
      const above = tree.has(result.unit) ? tree.above(result.unit) : [];
      about = above.length ? above.map((unit) => data.nameOn(unit, this.scene.day)).join(" · ") : data.text(data.units.kind[result.unit]);
      const now = data.nameOn(result.unit, this.scene.day);
      if (result.former && now !== result.name) about = word("now_called", { name: now });
    }
    const notThere = result.there ? null : el("span", { class: "tag", text: word("not_on_day") });
    return el(
      "li",
      { role: "option", id: `result-${n}`, onpointerdown: (event) => event.preventDefault(), onclick: () => this.choose(n) },
      el("span", { class: result.unit < 0 ? "who" : "what", text: result.name }),
      notThere,
      el("small", { text: about }),
    );
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.results.length) {
      event.preventDefault();
      this.active = (this.active + step + this.results.length) % this.results.length;
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this.input.blur();
    }
  }

  mark() {
    [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.active)));
    this.input.setAttribute("aria-activedescendant", this.active >= 0 ? `result-${this.active}` : "");
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  choose(n) {
    const result = this.results[n];
    this.close();
    if (result.unit < 0) this.actions.goToPerson(result.person);
    else this.actions.goTo(result.unit);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}

/** A post with its unit, the unit's name said once. */
function postText(data, post, day) {
  const title = data.text(data.posts.title[post]);
  const unit = data.nameOn(data.posts.unit[post], day);
  return title.toLowerCase().includes(unit.toLowerCase()) ? title : word("post_of", { title, unit });
}
