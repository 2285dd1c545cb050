// The source with what was found in it; without its text the quotations only.

const marksOf = new Map();

function showSource() {
  for (const text of DATA.texts) {
    byId("source").append(el("h2", { text: text.title }));
    const own = CARDS.filter((card) => card.document === text.id);
    byId("source").append(text.text === null ? quotations(own) : highlighted(text, own));
  }
}

function quotations(cards) {
  const list = el("div", {}, el("p", { class: "needs", text: word("no_source") }));
  for (const card of cards.filter((each) => each.quote)) {
    list.append(el("p", {}, marked(card.quote, [card.key], false)));
  }
  return list;
}

/** The text cut where any span begins or ends; each piece knows the proposals it is evidence of. */
function highlighted(text, cards) {
  const ends = [];
  for (const card of cards) {
    card.spans.forEach(([start, end]) => ends.push([start, 1, card.key], [end, -1, card.key]));
  }
  for (const [start, end] of text.unread) ends.push([start, 1, ""], [end, -1, ""]);
  ends.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const whole = el("div", { class: "text" });
  const open = new Map();
  let at = 0;
  for (const [place, change, key] of ends) {
    if (place > at) whole.append(piece(text.text.slice(at, place), [...open.keys()]));
    at = Math.max(at, place);
    const count = (open.get(key) ?? 0) + change;
    if (count > 0) open.set(key, count);
    else open.delete(key);
  }
  whole.append(text.text.slice(at));
  return whole;
}

function piece(text, keys) {
  if (keys.length === 0) return document.createTextNode(text);
  return marked(text, keys.filter(Boolean), keys.length === 1 && keys[0] === "");
}

function marked(text, keys, unread) {
  const mark = el("mark", { text, class: unread ? "unread" : null, title: unread ? word("unread") : null });
  // where several proposals share words, each click goes to the next of them
  mark.addEventListener("click", () => {
    if (keys.length) select(keys[(keys.indexOf(current) + 1) % keys.length], false);
  });
  mark.keys = keys;
  for (const key of keys) marksOf.set(key, [...(marksOf.get(key) ?? []), mark]);
  return mark;
}

/** Colour the marks of a proposal by what was decided. */
function paint(key) {
  for (const mark of marksOf.get(key) ?? []) {
    const said = new Set(mark.keys.map((each) => decisions.get(each)?.verdict ?? ""));
    const now = mark.keys.includes(current);
    const first = now && marksOf.get(current)[0] === mark;
    mark.className = [said.size === 1 ? [...said][0] : "", now ? "also" : "", first ? "now" : ""].join(" ").trim();
  }
}
