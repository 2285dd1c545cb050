// Selecting, deciding, the keyboard, saving.

let current = "";

function select(key, source = true, focus = true) {
  if (!byKey.has(key)) return;
  const before = current;
  current = key;
  for (const each of [before, key]) {
    if (!each) continue;
    paint(each);
    shown.get(each).classList.toggle("now", each === key);
  }
  const element = shown.get(key);
  if (focus) element.focus({ preventScroll: true });
  if (focus) element.scrollIntoView({ block: "nearest" });
  const mark = source && marksOf.get(key)?.[0];
  if (mark) mark.scrollIntoView({ block: "center" });
}

function decide(card, said) {
  if (said === null) decisions.delete(card.key);
  else decisions.set(card.key, said);
  remember();
  fill(card);
  paint(card.key);
  count();
}

function count() {
  const values = { done: decisions.size, all: CARDS.length };
  byId("bar").max = values.all;
  byId("bar").value = values.done;
  byId("done").textContent = word("progress", values);
  const sure = sureOnes();
  byId("sure").hidden = sure.length === 0;
  byId("sure").textContent = word("take_sure", { n: sure.length });
}

/** Hide what is not asked for; a heading or group with nothing in it too. */
function filter() {
  const open = byId("only-open").checked;
  const trouble = byId("only-trouble").checked;
  for (const card of CARDS) {
    shown.get(card.key).hidden = (open && decisions.has(card.key)) || (trouble && card.conflicts.length === 0);
  }
  for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector("article:not([hidden])");
}

function visible() {
  return CARDS.filter((card) => !shown.get(card.key).hidden);
}

function step(by) {
  const list = visible();
  const at = list.findIndex((card) => card.key === current);
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next) select(next.key);
}

function nextOpen() {
  const list = visible();
  const at = list.findIndex((card) => card.key === current);
  const next = [...list.slice(at + 1), ...list.slice(0, at + 1)].find((card) => !decisions.has(card.key));
  if (next) select(next.key);
}

function save() {
  const url = URL.createObjectURL(new Blob([decided()], { type: "application/json" }));
  const name = `${DATA.file.replace(/\.[^.]*$/, "")}-decisions.json`;
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function openSaved(event) {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file) return;
  const taken = takeOver(await file.text());
  announce(taken ? "" : word("other_facts"));
  if (!taken) return;
  remember();
  showAll();
}

function showAll() {
  for (const card of CARDS) {
    fill(card);
    paint(card.key);
  }
  count();
  filter();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  n: nextOpen,
  s: save,
  a: (card) => decideAndGo(card, { verdict: "accept" }),
  x: (card) => decideAndGo(card, { verdict: "reject" }),
  u: (card) => decide(card, null),
  e: (card) => fill(card, true),
  g: (card) => takeBest(card),
};

function decideAndGo(card, said) {
  decide(card, said);
  step(1);
}

/** The likeliest of the graph, where more than the name speaks for it. */
function takeBest(card) {
  const best = card.choices.find((choice) => !choice.weak);
  if (best) decideAndGo(card, { verdict: "use", use: best.id });
}

/** Undecided proposals with the one of the graph that surely is the same. */
function sureOnes() {
  return CARDS.filter((card) => !decisions.has(card.key))
    .map((card) => [card, card.choices.find((choice) => choice.sure)])
    .filter(([, choice]) => choice);
}

function takeSure() {
  for (const [card, choice] of sureOnes()) decisions.set(card.key, { verdict: "use", use: choice.id });
  remember();
  showAll();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, input")) return;
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const card = byKey.get(current);
  if (!action || (action.length && !card)) return;
  event.preventDefault();
  action(card);
}

fillWords(document);
recall();
showSource();
showCards();
for (const key of decisions.keys()) paint(key);
count();
for (const id of ["only-open", "only-trouble"]) byId(id).addEventListener("change", filter);
byId("save").addEventListener("click", save);
byId("sure").addEventListener("click", takeSure);
byId("file").addEventListener("change", openSaved);
document.addEventListener("keydown", onKey);
if (CARDS.length) select(CARDS[0].key);
document.body.classList.add("ready");
