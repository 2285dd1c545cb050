// What is shown and what was decided about it; kept in this browser by the digest of the facts.

const DATA = JSON.parse(document.getElementById("data").textContent);
const CARDS = DATA.cards;
const PLACE = `bomay-review-${DATA.digest}`;
const VERDICTS = ["accept", "reject", "use"];
const byKey = new Map(CARDS.map((card) => [card.key, card]));
let decisions = new Map();

/** A label with its values filled in. */
function word(name, values = {}) {
  const template = DATA.words[name] ?? name;
  return template.replace(/\{(\w+)\}/g, (whole, part) => (part in values ? String(values[part]) : whole));
}

/** The file of decisions, as `bomay review --apply` reads it. */
function decided() {
  const rows = CARDS.filter((card) => decisions.has(card.key)).map((card) => [card.key, decisions.get(card.key)]);
  return JSON.stringify({ facts: DATA.digest, file: DATA.file, decisions: Object.fromEntries(rows) }, null, 1);
}

/** Take over decisions; false where they are about another file or of another form. */
function takeOver(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return false;
  }
  if (found?.facts !== DATA.digest || typeof found.decisions !== "object" || found.decisions === null) return false;
  const taken = new Map();
  for (const [key, said] of Object.entries(found.decisions)) {
    if (!byKey.has(key) || !VERDICTS.includes(said?.verdict)) return false;
    taken.set(key, said);
  }
  decisions = taken;
  return true;
}

function remember() {
  try {
    localStorage.setItem(PLACE, decided());
  } catch {
    // a browser that keeps nothing for files: saving still works
  }
}

function recall() {
  try {
    takeOver(localStorage.getItem(PLACE) ?? "");
  } catch {
    // as above
  }
}
