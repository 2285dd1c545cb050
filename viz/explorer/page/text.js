// Words: labels with values, days, and the folded form in which names are compared.

let WORDS = {};

/** A label with its values filled in. */
function word(key, values = {}) {
  const template = WORDS[key] ?? key;
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A day (count from 1970-01-01) as a date in UTC. */
function dateOf(day) {
  return new Date(day * 86400000);
}

/** A day as it is written in the page's language. */
function dayText(day) {
  if (day <= FIRST || day >= LAST) return "";
  const date = dateOf(day);
  const two = (number) => String(number).padStart(2, "0");
  return word("day", {
    d: date.getUTCDate(),
    dd: two(date.getUTCDate()),
    mm: two(date.getUTCMonth() + 1),
    mon: word("months").split(" ")[date.getUTCMonth()],
    yyyy: date.getUTCFullYear(),
  });
}

/** "from … to …", with what is known of it. */
function lifeText(from, to) {
  const parts = [];
  if (from > FIRST) parts.push(word("from", { day: dayText(from) }));
  if (to < LAST) parts.push(word("to", { day: dayText(to) }));
  return parts.join(" ");
}

function numberText(number) {
  return number.toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-US");
}

/** The key by which names are searched: no diacritics, small letters, no punctuation, i for y. */
function fold(text) {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[đð]/g, "d")
    .replace(/&/g, " va ")
    .replace(/[^\p{L}\p{N}/]+/gu, " ")
    .trim();
  return plain.replace(/(^| )((?:[bcdghklmnprstvx]+|qu))y(?= |$)/g, "$1$2i");
}
