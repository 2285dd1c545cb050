// The tree as a list, for screen readers and the keyboard; branches are built when they are opened.

class Outline {
  constructor(scene, actions) {
    Object.assign(this, { scene, actions });
    this.root = byId("tree");
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("click", (event) => this.click(event));
    this.update();
  }

  /** Build it anew for the scene's day; what was open is open again. */
  update() {
    const open = new Set([...this.root.querySelectorAll('[aria-expanded="true"]')].map((item) => Number(item.dataset.unit)));
    open.add(0);
    this.root.replaceChildren(this.item(0, 1, 1, 1));
    const reopen = (item) => {
      if (!open.has(Number(item.dataset.unit))) return;
      this.open(item);
      item.querySelectorAll(":scope > ul > li").forEach(reopen);
    };
    reopen(this.root.firstChild);
    this.root.firstChild.tabIndex = 0;
  }

  item(unit, level, position, size) {
    const { data, tree, day } = this.scene;
    const heads = headsOn(data, unit, day).map(([title, names]) => `${title}: ${names}`);
    const name = data.nameOn(unit, day);
    const item = el("li", {
      role: "treeitem",
      "aria-level": level,
      "aria-posinset": position,
      "aria-setsize": size,
      "aria-selected": "false",
      "aria-label": [name, ...heads].join(". "),
      "aria-expanded": tree.children[unit].length ? "false" : null,
      "data-unit": unit,
      tabindex: "-1",
    });
    item.append(el("span", {}, el("b", { class: "fold", "aria-hidden": "true" }), name));
    return item;
  }

  open(item) {
    if (item.getAttribute("aria-expanded") !== "false") return;
    const children = this.scene.tree.children[Number(item.dataset.unit)];
    const level = Number(item.getAttribute("aria-level")) + 1;
    item.append(el("ul", { role: "group" }, ...children.map((unit, n) => this.item(unit, level, n + 1, children.length))));
    item.setAttribute("aria-expanded", "true");
  }

  close(item) {
    if (item.getAttribute("aria-expanded") !== "true") return;
    item.querySelector(":scope > ul").remove();
    item.setAttribute("aria-expanded", "false");
  }

  focus(item) {
    this.root.querySelectorAll('[tabindex="0"]').forEach((each) => (each.tabIndex = -1));
    item.tabIndex = 0;
    item.focus();
  }

  /** The rows that can be seen, in order. */
  rows() {
    return [...this.root.querySelectorAll("[role=treeitem]")];
  }

  key(event) {
    const item = event.target.closest("[role=treeitem]");
    const rows = this.rows();
    const at = rows.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const moves = {
      ArrowDown: () => rows[at + 1],
      ArrowUp: () => rows[at - 1],
      Home: () => rows[0],
      End: () => rows[rows.length - 1],
      ArrowRight: () => (expanded === "false" ? void this.open(item) : expanded === "true" ? rows[at + 1] : null),
      ArrowLeft: () => (expanded === "true" ? void this.close(item) : item.parentElement.closest("[role=treeitem]")),
      Enter: () => void this.actions.goTo(Number(item.dataset.unit)),
      " ": () => void this.actions.goTo(Number(item.dataset.unit)),
    };
    if (event.key in moves) {
      event.preventDefault();
      event.stopPropagation();
      const next = moves[event.key]();
      if (next) this.focus(next);
    } else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) {
      event.stopPropagation();
      const letter = fold(event.key);
      const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find((row) => fold(row.textContent).startsWith(letter));
      if (next) this.focus(next);
    }
  }

  click(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    this.focus(item);
    if (event.target.closest(".fold") && item.hasAttribute("aria-expanded")) {
      if (item.getAttribute("aria-expanded") === "true") this.close(item);
      else this.open(item);
    } else this.actions.goTo(Number(item.dataset.unit));
  }

  /** Show which unit is selected. */
  select(unit) {
    this.root.querySelectorAll('[aria-selected="true"]').forEach((item) => item.setAttribute("aria-selected", "false"));
    if (unit < 0 || !this.scene.tree.has(unit)) return;
    let item = null;
    for (const step of [...this.scene.tree.above(unit).reverse(), unit]) {
      item = this.root.querySelector(`[data-unit="${step}"]`);
      if (item && step !== unit) this.open(item);
    }
    item?.setAttribute("aria-selected", "true");
  }
}

/** The heads of a unit on a day: [title, names]. */
function headsOn(data, unit, day) {
  const found = [];
  for (const post of data.postsOf[unit] ?? []) {
    if (data.posts.role[post] !== 0 || !data.holds(data.posts, post, day)) continue;
    const names = data.holders(post, day).map((tenure) => data.text(data.people.name[data.tenures.person[tenure]]));
    if (names.length) found.push([data.text(data.posts.title[post]), names.join(", ")]);
  }
  return found;
}
