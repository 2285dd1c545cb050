// The panel at the side: a unit, a person, an overlap, or the day as a whole.

class Panel {
  constructor(scene, highlights, actions) {
    Object.assign(this, { scene, highlights, actions });
    this.element = byId("panel");
    this.body = byId("panel-body");
    byId("panel-close").addEventListener("click", () => actions.closePanel());
  }

  get data() {
    return this.scene.data;
  }

  open(title, about, ...children) {
    byId("panel-title").textContent = title;
    byId("panel-about").replaceChildren(...(about ?? []).filter(Boolean));
    this.body.replaceChildren(...children.filter(Boolean));
    this.element.hidden = false;
    this.body.scrollTop = 0;
    this.actions.resized();
  }

  close() {
    this.element.hidden = true;
    this.actions.resized();
  }

  // pieces

  section(title, items, open = true) {
    if (!items.length) return null;
    return el(
      "details",
      { open },
      el("summary", { text: `${title} (${numberText(items.length)})` }),
      el("ul", {}, ...items),
    );
  }

  unitLink(unit, name = this.data.nameOn(unit, this.scene.day)) {
    return el("button", { class: "link", type: "button", text: name, onclick: () => this.actions.goTo(unit) });
  }

  personLink(person) {
    const mark = this.data.people.mark[person];
    const link = el("button", {
      class: "link",
      type: "button",
      text: this.data.text(this.data.people.name[person]),
      onclick: () => this.actions.showPerson(person),
    });
    if (!mark || !this.scene.numbers.has(person)) return link;
    const sign = el("i", { class: "mark", text: String(mark) });
    sign.style.background = this.actions.personColour(mark);
    return el("span", {}, link, " ", sign);
  }

  small(...texts) {
    const text = texts.filter(Boolean).join(" · ");
    return text ? el("small", { text }) : null;
  }

  /** References to the evidence of some rows: [table, row]; collected in `sources`. */
  references(sources, ...rows) {
    const found = new Set();
    for (const [table, row] of rows) {
      for (const cite of this.data.evidence[table][row] ?? []) {
        if (!sources.has(cite)) sources.set(cite, sources.size + 1);
        found.add(sources.get(cite));
      }
    }
    if (!found.size) return null;
    return el("sup", { text: [...found].sort((a, b) => a - b).join(", ") });
  }

  evidence(sources) {
    const { cites, documents } = this.data;
    const items = [...sources].map(([cite, number]) => {
      const document_ = cites.document[cite];
      const named = [this.data.text(documents.number[document_]), this.data.text(documents.title[document_])].filter(Boolean).join(", ");
      const url = this.data.text(documents.url[document_]);
      const name = url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: named }) : el("span", { text: named });
      const day = documents.day[document_] > FIRST ? dayText(documents.day[document_]) : "";
      return el(
        "li",
        { value: number },
        name,
        this.small(day, this.data.text(cites.at[cite]), this.data.text(cites.basis[cite])),
      );
    });
    if (!items.length) return null;
    return el("details", { open: true }, el("summary", { text: `${word("evidence")} (${items.length})` }), el("ol", {}, ...items));
  }

  // a unit

  showUnit(unit) {
    const { data, scene } = this;
    const { day, tree } = scene;
    const sources = new Map();
    const { units } = data;
    const about = [
      this.small(data.text(units.kind[unit]), data.text(units.level[unit]), data.text(units.system[unit])),
      this.small(lifeText(units.from[unit], units.to[unit]), data.text(units.basis[unit]), units.temporary[unit] ? word("temporary") : ""),
    ];
    if (!tree.has(unit)) about.push(el("p", { class: "warn", text: word("not_on_day") }));
    const path = tree.has(unit) ? tree.above(unit).reverse() : [];
    if (path.length) {
      const steps = path.flatMap((above, n) => (n ? [" › ", this.unitLink(above)] : [this.unitLink(above)]));
      about.push(el("nav", { class: "path", "aria-label": word("above") }, ...steps));
    }
    const reference = this.references(sources, ["units", unit], ...this.linesOf(unit).map((line) => ["lines", line]));
    if (reference) about.push(el("p", { class: "refs" }, word("evidence_of_unit"), " ", reference));
    const name = data.nameOn(unit, day);
    this.open(
      name,
      about,
      this.unitButtons(unit),
      this.section(word("names"), this.names(unit, name)),
      this.section(word("people"), this.people(unit, sources)),
      this.section(word("functions"), this.duties(unit, sources, true)),
      this.section(word("below"), tree.children[unit].map((child) => el("li", {}, this.unitLink(child))), tree.children[unit].length <= 12),
      this.section(word("ties"), this.ties(unit, sources)),
      this.section(word("overlaps"), this.overlaps(unit)),
      this.section(word("events"), this.events(unit, sources)),
      this.section(word("people_before"), this.formerPeople(unit, sources), false),
      this.section(word("functions_before"), this.duties(unit, sources, false), false),
      this.evidence(sources),
    );
  }

  unitButtons(unit) {
    if (!this.scene.tree.children[unit].length) return null;
    const closed = this.scene.isClosed(unit);
    return el(
      "p",
      { class: "buttons" },
      el("button", { type: "button", text: word(closed ? "expand" : "collapse"), onclick: () => this.actions.toggle(unit) }),
      this.small(word("hidden", { n: numberText(this.scene.tree.size[unit] - 1) })),
    );
  }

  linesOf(unit) {
    const { lines } = this.data;
    const found = [];
    for (let line = 0; line < lines.start.length; line++) {
      if (lines.start[line] === unit && this.data.holds(lines, line, this.scene.day)) found.push(line);
    }
    return found;
  }

  names(unit, shown) {
    const { data } = this;
    const all = [...(data.former[unit] ?? []), [LAST, data.units.name[unit]]];
    return all
      .filter(([, name]) => data.text(name) !== shown)
      .map(([until, name]) =>
        el("li", {}, data.text(name), this.small(until > FIRST && until < LAST ? word("until", { day: dayText(until) }) : until === LAST ? word("later_name") : word("also"))),
      );
  }

  people(unit, sources) {
    const { data, scene } = this;
    const found = [];
    const posts = [...(data.postsOf[unit] ?? [])].sort((a, b) => data.posts.role[a] - data.posts.role[b]);
    for (const post of posts) {
      if (!data.holds(data.posts, post, scene.day)) continue;
      const title = data.text(data.posts.title[post]);
      const tenures = data.holders(post, scene.day);
      for (const tenure of tenures) found.push(this.tenure(tenure, title, sources));
      if (!tenures.length) {
        found.push(el("li", {}, el("em", { text: word("no_holder") }), this.references(sources, ["posts", post]), this.small(title)));
      }
    }
    return found;
  }

  tenure(tenure, title, sources) {
    const { data } = this;
    const { tenures } = data;
    return el(
      "li",
      {},
      this.personLink(tenures.person[tenure]),
      this.references(sources, ["tenures", tenure], ["posts", tenures.post[tenure]]),
      this.small(title, data.text(tenures.mode[tenure]), lifeText(tenures.from[tenure], tenures.to[tenure]), data.text(tenures.basis[tenure])),
    );
  }

  formerPeople(unit, sources) {
    const { data, scene } = this;
    const found = [];
    for (const post of data.postsOf[unit] ?? []) {
      for (const tenure of data.tenuresOf[post] ?? []) {
        const shown = data.holds(data.posts, post, scene.day) && data.holds(data.tenures, tenure, scene.day);
        if (!shown) found.push(this.tenure(tenure, data.text(data.posts.title[post]), sources));
      }
    }
    return found;
  }

  duties(unit, sources, now) {
    const { data, scene } = this;
    const { duties } = data;
    return (data.dutiesOf[unit] ?? [])
      .filter((duty) => data.holds(duties, duty, scene.day) === now)
      .map((duty) =>
        el(
          "li",
          {},
          data.text(duties.text[duty]),
          this.references(sources, ["duties", duty]),
          this.small(data.text(duties.kind[duty]), data.text(duties.role[duty]), data.text(duties.fields[duty]), now ? "" : lifeText(duties.from[duty], duties.to[duty])),
        ),
      );
  }

  ties(unit, sources) {
    const { data, scene } = this;
    const { ties } = data;
    const found = [];
    for (let tie = 0; tie < ties.start.length; tie++) {
      if ((ties.start[tie] !== unit && ties.end[tie] !== unit) || !data.holds(ties, tie, scene.day)) continue;
      const label = data.text(ties.label[tie]);
      const reference = this.references(sources, ["ties", tie]);
      found.push(el("li", {}, this.unitLink(ties.start[tie]), ` – ${label} – `, this.unitLink(ties.end[tie]), reference));
    }
    return found;
  }

  overlaps(unit) {
    return this.data.overlaps
      .map((overlap, number) => ({ overlap, number }))
      .filter(({ overlap }) => overlap[2].includes(unit))
      .map(({ overlap, number }) => this.overlapItem(overlap, number));
  }

  overlapItem([cls, score, units, texts], number) {
    const sides = units.map((unit, n) => el("li", {}, this.unitLink(unit), this.small(this.data.text(texts[n]))));
    return el(
      "li",
      {},
      el("button", {
        class: "link",
        type: "button",
        text: `${number + 1}. ${this.data.text(cls)}, ${score} %`,
        onclick: () => this.actions.showOverlap(number),
      }),
      el("ul", {}, ...sides),
    );
  }

  events(unit, sources) {
    return (this.data.eventsOf[unit] ?? [])
      .slice()
      .sort((a, b) => this.data.events.day[a] - this.data.events.day[b])
      .map((event) => this.event(event, sources));
  }

  event(event, sources) {
    const { data } = this;
    const { events } = data;
    const day = events.day[event];
    const side = (units) => units.flatMap((unit, n) => (n ? [", ", this.unitLink(unit)] : [this.unitLink(unit)]));
    const ways = [...side(events.into[event])];
    if (events.out[event].length) ways.push(" → ", ...side(events.out[event]));
    const when =
      day > FIRST
        ? el("button", { class: "link day", type: "button", text: dayText(day), onclick: () => this.actions.setDay(day) })
        : el("em", { text: word("undated") });
    return el(
      "li",
      { class: day === this.scene.day ? "today" : null },
      when,
      " ",
      data.text(events.title[event]) || data.text(events.kind[event]),
      this.references(sources, ["events", event]),
      this.small(data.text(events.kind[event]), data.text(events.status[event]), data.text(events.about[event])),
      el("div", { class: "ways" }, ...ways),
    );
  }

  // a person

  showPerson(person) {
    const { data, scene } = this;
    const sources = new Map();
    const now = scene.postsOf(person);
    const form = data.forms.filter(([who, day]) => who === person && day <= scene.day).pop();
    const about = now.length > 1 && form ? [this.small(data.text(form[2]), data.text(form[3]))] : [];
    const item = (tenure) => {
      const post = data.tenures.post[tenure];
      const entry = this.tenure(tenure, "", sources);
      entry.firstChild.replaceWith(el("span", { text: data.text(data.posts.title[post]) }), ", ", this.unitLink(data.posts.unit[post]));
      return entry;
    };
    const rest = (data.postsOfPerson[person] ?? []).filter((tenure) => !now.includes(tenure));
    this.open(
      data.text(data.people.name[person]),
      about,
      this.section(word("posts"), now.map(item)),
      this.section(word("posts_at_other_times"), rest.map(item)),
      this.evidence(sources),
    );
  }

  // an overlap, all overlaps

  showOverlaps() {
    const items = this.data.overlaps.map((overlap, number) => this.overlapItem(overlap, number));
    this.open(word("overlaps"), [this.small(word("overlaps_about", { day: dayText(this.data.chart.on) }))], el("ul", { class: "plain" }, ...items));
  }

  // the day

  showDay() {
    const { data, scene } = this;
    const sources = new Map();
    const events = eventsOn(data, scene.day).map((event) => this.event(event, sources));
    const kinds = ["created", "renamed", "moved", "changed"];
    const changes = kinds.map((kind) => {
      const units = [...scene.marked].filter(([, each]) => each === kind);
      return this.section(word(`change_${kind}`), units.map(([unit]) => el("li", { class: `change ${kind}` }, this.unitLink(unit))));
    });
    const gone = scene.gone.map((unit) => el("li", { class: "change ended" }, data.nameOn(unit, scene.day)));
    const people = [...scene.numbers].map(([person, posts]) =>
      el("li", {}, this.personLink(person), this.small(posts.map((tenure) => postText(data, data.tenures.post[tenure], scene.day)).join("; "))),
    );
    this.open(
      word("on_day", { day: dayText(scene.day) }),
      [this.small(word("units_shown", { n: numberText(scene.tree.order.length) })), this.small(data.chart.summary)],
      this.section(word("events"), events),
      ...changes,
      this.section(word("change_ended"), gone),
      this.section(word("concurrents"), people),
      ...this.reports(),
      this.legend(),
      data.chart.source ? el("p", { class: "source", text: data.chart.source }) : null,
      this.evidence(sources),
    );
  }

  /** The tables of the first day: findings, changes. */
  reports() {
    const { chart } = this.data;
    if (this.scene.day !== chart.on) return [];
    return chart.reports.map(([title, columns, rows]) => {
      const entries = rows.map(([number, ...cells]) =>
        el(
          "li",
          {},
          number ? el("b", { class: "number", text: number }) : null,
          ...cells.map((cell, n) => (cell ? el("div", { class: "cell" }, el("small", { text: columns[n] }), cell) : null)),
        ),
      );
      return this.section(title, entries, chart.reports.length === 1);
    });
  }

  legend() {
    const { style, chart } = this.data;
    const items = chart.legend.map(([sample, text]) => {
      const [kind, key] = sample.split(":");
      const sign = el("i", { class: `sample ${kind || "none"}` });
      const look = style.looks.find((each) => each.key === sample);
      if (look) [sign.style.background, sign.style.borderColor] = [look.fill, look.edge];
      const connector = kind === "connector" || kind === "sign" ? style.connectors[key] : null;
      if (connector) sign.style.borderColor = connector.colour || style.people[0];
      return el("li", {}, sign, text);
    });
    if (!items.length) return null;
    return el("details", { open: true }, el("summary", { text: word("legend") }), el("ul", { class: "legend" }, ...items));
  }
}
