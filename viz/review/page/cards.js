// The proposals: what each says, why, what contradicts it, and what may be decided.

const shown = new Map();

function showCards() {
  const groups = new Map();
  const sizes = new Map();
  for (const card of CARDS) sizes.set(card.group, (sizes.get(card.group) ?? 0) + 1);
  let sheet = "";
  for (const card of CARDS) {
    let holder = byId("cards");
    if (card.sheet !== sheet) {
      sheet = card.sheet;
      holder.append(el("h2", { text: DATA.sheets[sheet] }));
    }
    if (card.group >= 0) {
      if (!groups.has(card.group)) {
        const n = sizes.get(card.group);
        groups.set(card.group, el("div", { class: "group" }, el("p", { text: word("same", { n }) })));
        holder.append(groups.get(card.group));
      }
      holder = groups.get(card.group);
    }
    const element = el("article", { tabindex: "-1", onclick: () => select(card.key, true, false) });
    shown.set(card.key, element);
    holder.append(element);
    fill(card);
  }
}

function verdictText(said) {
  if (!said) return "";
  if (said.verdict === "use") return word("replaced", { id: said.use });
  if (said.verdict === "reject") return word("rejected");
  return word(said.edit && Object.keys(said.edit).length ? "edited" : "accepted");
}

function fill(card, editing = false) {
  const element = shown.get(card.key);
  const said = decisions.get(card.key);
  element.className = ["card", said?.verdict ?? "", card.key === current ? "now" : ""].join(" ");
  const parts = [
    el("span", { class: "tag", text: verdictText(said) }),
    el("h3", { text: card.title }),
    card.quote && el("blockquote", { text: card.quote }),
    card.facts && el("p", { class: card.low ? "facts low" : "facts", text: card.facts }),
    ...card.conflicts.map((text) => el("p", { class: "conflict", text: `${word("conflict")}: ${text}` })),
    card.choices.length ? choices(card) : null,
    editing ? form(card) : fields(card, said),
    editing ? null : buttons(card, said),
  ];
  element.replaceChildren(...parts.filter(Boolean));
  if (editing) element.querySelector("textarea")?.focus();
}

function fields(card, said) {
  const list = el("dl");
  for (const [column, label, value, name] of card.fields) {
    const edited = said?.edit?.[column];
    if (edited === undefined && value === "") continue;
    list.append(el("dt", { text: label }), el("dd", { text: edited ?? name, class: edited === undefined ? null : "changed" }));
  }
  return list;
}

function form(card) {
  const inputs = card.fields.map(([column, label, value]) => {
    const input = el("textarea", { rows: 1, "aria-label": label });
    input.value = decisions.get(card.key)?.edit?.[column] ?? value;
    return [column, label, value, input];
  });
  const keep = () => {
    const changed = inputs.filter(([, , value, input]) => input.value !== value);
    const edit = Object.fromEntries(changed.map(([column, , , input]) => [column, input.value]));
    decide(card, changed.length ? { verdict: "accept", edit } : { verdict: "accept" });
    shown.get(card.key).focus();
  };
  const leave = () => {
    fill(card);
    shown.get(card.key).focus();
  };
  const list = el("dl", {}, ...inputs.flatMap(([, label, , input]) => [el("dt", { text: label }), el("dd", {}, input)]));
  const onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
  };
  const own = (action) => (event) => {
    event.stopPropagation();
    action();
  };
  return el("div", { onkeydown, onclick: (event) => event.stopPropagation() }, list,
    el("div", { class: "buttons" },
      el("button", { type: "button", text: word("keep"), onclick: own(keep) }),
      el("button", { type: "button", text: word("cancel"), onclick: own(leave) })));
}

function choices(card) {
  const list = el("div", { class: "choices" });
  for (const choice of card.choices) {
    const where = word(choice.in_graph ? "candidates" : "same_as");
    const reasons = choice.reasons.map((reason) => word(`reason.${reason}`)).join(", ");
    const about = [choice.name, choice.about].filter(Boolean).join(" – ");
    const weak = choice.weak ? ` – ${word("name_only")}` : "";
    const why = reasons ? ` · ${word("because")} ${reasons}${weak}` : "";
    list.append(el("div", {},
      el("span", { text: `${where}: ${about} [${choice.id}]${why}`, class: choice.weak ? "weak" : null }),
      el("button", { type: "button", text: word("take"), onclick: () => decide(card, { verdict: "use", use: choice.id }) })));
  }
  return list;
}

function buttons(card, said) {
  const button = (name, verdict, action) => el("button", {
    type: "button", text: word(name), "aria-pressed": verdict ? String(said?.verdict === verdict) : null, onclick: action,
  });
  return el("div", { class: "buttons" },
    button("accept", "accept", () => decide(card, { verdict: "accept" })),
    button("edit", "", () => fill(card, true)),
    button("reject", "reject", () => decide(card, { verdict: "reject" })),
    said ? button("undo", "", () => decide(card, null)) : null);
}
