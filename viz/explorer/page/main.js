// Puts everything together.

async function start() {
  const began = performance.now();
  const raw = await readData();
  const read = performance.now();
  WORDS = raw.labels;
  const data = new Data(raw);
  fillWords(document);
  await Promise.all(Object.values(data.style.text).map((look) => document.fonts.load(fontOf(look), "Aạ")));
  const ready = performance.now();
  const badge = data.style.text.badge;
  const scene = new Scene(data, (words) => textWidth(words, badge) + 2 * data.style.box.pad_x);
  const painter = new BoxPainter(scene);
  const highlights = new Highlights(scene, painter);
  const view = new View(byId("chart"), scene, painter, [(pen, view_, mode) => highlights.draw(pen, view_, mode)]);
  view.start();
  const drawn = performance.now();
  const actions = makeActions(scene, view, painter, highlights);
  const parts = {
    panel: new Panel(scene, highlights, actions),
    search: new Search(scene, actions),
    slider: new Slider(scene, actions),
    outline: new Outline(scene, actions),
    minimap: new Minimap(view),
    exporter: new Exporter(view, painter, highlights),
    input: new Input(view, actions),
  };
  actions.use(parts);
  view.onPlaced(() => parts.minimap.place());
  view.afterDraw = () => parts.minimap.draw();
  new ResizeObserver(() => parts.minimap.place()).observe(parts.minimap.canvas);
  connectButtons(actions, parts, scene, view);
  document.body.classList.add("ready");
  // for scripts and tests
  window.bomay = { data, scene, view, highlights, actions, ...parts, fold, positions, times: { began, read, ready, drawn } };
  document.dispatchEvent(new Event("bomay-ready"));
}

function makeActions(scene, view, painter, highlights) {
  let parts;
  const refresh = () => view.request();
  const actions = {
    use(all) {
      parts = all;
    },
    resized: () => view.fill(),
    personColour: (mark) => painter.personColour(mark),
    hover(slot) {
      if (slot === highlights.hover) return;
      highlights.hover = slot;
      refresh();
    },
    select(unit) {
      scene.selected = unit;
      highlights.person = -1;
      highlights.overlap = -1;
      parts.outline.select(unit);
      if (unit >= 0) {
        parts.panel.showUnit(unit);
        view.keepInSight(unit);
        announce(scene.data.nameOn(unit, scene.day));
      } else parts.panel.close();
      refresh();
    },
    toggle(unit) {
      view.keeping(unit, () => scene.toggle(unit));
      highlights.hover = -1;
      if (scene.selected === unit && !parts.panel.element.hidden && highlights.person < 0) parts.panel.showUnit(unit);
      announce(word(scene.isClosed(unit) ? "collapsed" : "expanded", { name: scene.data.nameOn(unit, scene.day) }));
    },
    toggleSelected() {
      if (scene.selected >= 0 && scene.tree.has(scene.selected)) actions.toggle(scene.selected);
    },
    /** Select a unit and bring it to the middle; where it is not there on the day, another day is shown. */
    goTo(unit) {
      if (!scene.tree.has(unit)) {
        const day = dayWith(scene, unit);
        if (day !== null) actions.setDay(day);
      }
      if (scene.tree.has(unit)) {
        if (scene.tree.above(unit).some((above) => scene.closed.has(above))) {
          scene.reveal(unit);
          view.tell();
        }
      }
      actions.select(unit);
      view.goTo(unit);
    },
    showPerson(person) {
      highlights.person = person;
      highlights.overlap = -1;
      scene.selected = -1;
      parts.panel.showPerson(person);
      refresh();
    },
    goToPerson(person) {
      let posts = scene.postsOf(person);
      if (!posts.length) {
        const last = (scene.data.postsOfPerson[person] ?? []).slice(-1)[0];
        if (last !== undefined) {
          const { from, to } = scene.data.tenures;
          actions.setDay(to[last] < LAST ? to[last] - 1 : Math.max(from[last], scene.data.chart.on));
        }
        posts = scene.postsOf(person);
      }
      if (posts.length) {
        for (const tenure of posts) scene.reveal(scene.data.posts.unit[scene.data.tenures.post[tenure]]);
        view.tell();
      }
      actions.showPerson(person);
      view.goToAll(posts.map((tenure) => scene.data.posts.unit[scene.data.tenures.post[tenure]]));
    },
    showOverlap(number) {
      if (highlights.person >= 0 || parts.panel.element.hidden) parts.panel.showOverlaps();
      highlights.person = -1;
      highlights.overlap = number;
      scene.selected = -1;
      const units = scene.data.overlaps[number][2].filter((unit) => scene.tree.has(unit));
      for (const unit of units) scene.reveal(unit);
      view.tell();
      view.goToAll(units);
      refresh();
    },
    showOverlaps() {
      highlights.overlaps = !highlights.overlaps;
      if (highlights.overlaps) parts.panel.showOverlaps();
      else actions.closePanel();
      byId("overlaps").setAttribute("aria-pressed", String(highlights.overlaps));
      refresh();
    },
    showDay() {
      scene.selected = -1;
      highlights.person = -1;
      parts.panel.showDay();
      refresh();
    },
    setDay(day) {
      if (day === scene.day) return;
      const middle = view.toChart(view.width / 2, view.height / 2);
      const kept = scene.selected >= 0 ? scene.selected : scene.units[Math.max(scene.at(...middle), 0)];
      const before = scene.tree;
      const old = before.has(kept);
      const change = () => {
        scene.setDay(day);
        markChanges(scene, parts.slider.ticks);
      };
      if (old) view.keeping(kept, change);
      else {
        change();
        view.tell();
      }
      highlights.hover = -1;
      parts.slider.update();
      parts.outline.update();
      actions.renew();
      announce(`${dayText(day)}. ${byId("day-events").textContent}`);
      refresh();
    },
    /** The panel for the new day. */
    renew() {
      if (parts.panel.element.hidden) return;
      if (highlights.person >= 0) parts.panel.showPerson(highlights.person);
      else if (scene.selected >= 0) parts.panel.showUnit(scene.selected);
      else if (!highlights.overlaps) parts.panel.showDay();
    },
    step: (direction) => parts.slider.step(direction),
    openTo(depth) {
      scene.openTo(depth);
      view.tell();
      view.glide(view.fitted());
    },
    fit: () => view.glide(view.fitted()),
    search: () => parts.search.input.focus(),
    closePanel() {
      highlights.person = -1;
      highlights.overlap = -1;
      scene.selected = -1;
      parts.panel.close();
      view.canvas.focus({ preventScroll: true });
      refresh();
    },
    escape() {
      if (!byId("menu").hidden) return toggleMenu(false);
      if (!parts.panel.element.hidden) return actions.closePanel();
    },
  };
  return actions;
}

/** A day on which a unit is in the chart, the nearest to the one shown. */
function dayWith(scene, unit) {
  const { units } = scene.data;
  const near = Math.min(Math.max(scene.day, units.from[unit]), units.to[unit] - 1);
  const days = [near, units.from[unit], units.to[unit] - 1, ...changeDays(scene.data).map((tick) => tick.day)];
  return days.find((day) => day > FIRST && day < LAST && new Tree(scene.data, day).has(unit)) ?? null;
}

/** What has changed on the day that is shown, if it is one on which something changes. */
function markChanges(scene, ticks) {
  scene.marked = new Map();
  scene.gone = [];
  if (!ticks.some((tick) => tick.day === scene.day)) return;
  for (const { kind, unit } of differences(scene.data, new Tree(scene.data, scene.day - 1), scene.tree)) {
    if (kind === "ended") scene.gone.push(unit);
    else scene.marked.set(unit, kind);
  }
}

function toggleMenu(open) {
  byId("menu").hidden = !open;
  byId("menu-button").setAttribute("aria-expanded", String(open));
  (open ? byId("menu").querySelector("button") : byId("menu-button")).focus();
}

function connectButtons(actions, parts, scene, view) {
  const on = (id, action) => byId(id).addEventListener("click", action);
  document.title = scene.data.chart.title;
  byId("title").textContent = scene.data.chart.title;
  on("zoom-in", () => view.zoom(1.3));
  on("zoom-out", () => view.zoom(1 / 1.3));
  on("zoom-fit", actions.fit);
  on("open-one", () => actions.openTo(1));
  on("open-two", () => actions.openTo(2));
  on("open-all", () => actions.openTo(Infinity));
  on("overview", actions.showDay);
  on("day-events", actions.showDay);
  on("menu-button", () => toggleMenu(byId("menu").hidden));
  byId("menu").addEventListener("click", () => (byId("menu").hidden = true));
  byId("menu").addEventListener("keydown", (event) => {
    const items = [...byId("menu").querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#menu, #menu-button")) byId("menu").hidden = true;
  });
  on("save-svg", () => parts.exporter.saveSvg());
  on("save-png", () => parts.exporter.savePng());
  on("print-view", () => parts.exporter.print());
  document.querySelector("footer").hidden = !parts.slider.ticks.length;
  byId("overlaps").hidden = !scene.data.overlaps.length;
  on("overlaps", actions.showOverlaps);
  on("outline-button", () => {
    const open = byId("outline").classList.toggle("open");
    byId("outline-button").setAttribute("aria-pressed", String(open));
    if (open) parts.outline.root.querySelector('[tabindex="0"]').focus();
  });
}

start().catch((error) => {
  byId("failed").hidden = false;
  byId("failed").append(` ${error.message}`);
  throw error;
});
