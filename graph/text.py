"""Vietnamese text as it is kept, and the keys by which it is compared.

Four steps, each on top of the one before:

    nfc         what is stored: one Unicode form, ordinary spaces, no invisible characters
    fold        a name: small letters, one place for the tone, one dash, one quote
    key         names written differently: abbreviations expanded, i for y, no punctuation
    search_key  what people type in a hurry: no diacritics

Diacritics are kept up to `key`: Văn Lang and Văn Lăng are two communes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from graph.packaged import packaged_yaml

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ac"
_STRAY = {ord(c): None for c in _INVISIBLE} | {
    # Letters that look like Đ and đ: eth (Windows-1252 for Windows-1258) and African D
    0x00D0: "Đ",
    0x0189: "Đ",
    0x00F0: "đ",
}
_UNIFY = {ord(c): "-" for c in "‐‑‒–—―−﹣－"} | {
    **{ord(c): '"' for c in "“”„‟«»″"},
    **{ord(c): "'" for c in "‘’‚‛`´′"},
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTER = r"[^\W\d_]"


def nfc(text: str) -> str:
    """`text` in NFC on one line: every run of white space (also no-break) is one space, zero-width
    characters, soft hyphens and stray ¬ are gone, Ð typed for Đ is mended."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_STRAY)).split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The key of a name as written: `nfc`, small letters, one style of tone placement (hoà = hòa,
    uỷ = ủy, qúy = quý), one kind of dash (without spaces around it) and of quotation mark."""
    # Some capitals become two characters in small letters (İ), hence the second `nfc`
    small = nfc(nfc(text).lower()).translate(_UNIFY)
    return re.sub(r" *([-/]) *", r"\1", _one_tone_place(small))


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """The key by which differently written names are equal: `fold`, abbreviations expanded
    (UBND, TT&TT), y written i where both spellings are in use (Mỹ = Mĩ, quý = quí, but not
    thúy), & read as "và", punctuation dropped. Letters keep their diacritics."""
    plain = nfc(text)
    if plain != plain.upper():
        plain = _capitals_pattern().sub(lambda m: _capitals()[m[0]], plain)
    folded = _abbreviation_pattern().sub(_expanded, fold(plain))
    words = re.sub(r"[^\w/]+|_", " ", folded.replace("&", " và ")).split()
    return " ".join(_i_for_y(word) for word in words)


def search_key(text: str) -> str:
    """`key` without diacritics: what is typed without them finds what has them."""
    return strip_diacritics(key(text))


def strip_diacritics(text: str) -> str:
    """`text` with every combining mark removed and đ written d."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


def nearest(name: str, choices: Iterable[str], n: int = 3) -> list[str]:
    """At most `n` of `choices` that `name` was probably meant to be, the likeliest first.

    Compared without diacritics, then by the folded names (Jaro-Winkler and weighted edit
    distance of rapidfuzz). Empty if nothing is near.
    """
    from rapidfuzz import fuzz, process

    wanted = search_key(name[:200])
    listed = list(dict.fromkeys(choices))
    found = process.extract(wanted, [search_key(c) for c in listed], scorer=fuzz.WRatio, limit=n * 5, score_cutoff=60)
    folded = fold(name[:200])
    ranked = sorted(found, key=lambda hit: (-round(hit[1]), -fuzz.ratio(folded, fold(listed[hit[2]])), hit[2]))
    return [listed[index] for _, _, index in ranked[:n]]


def meaning_of(word: str, *, capitals: bool = True) -> str | None:
    """What one written word stands for if it is an abbreviation ("UBND" → "Ủy ban nhân dân"), else None.

    `capitals=False` leaves out those that count only in capitals (TU, TƯ), for a text that is
    all capitals.
    """
    plain = nfc(word)
    if capitals and plain in _capitals():
        return _capitals()[plain]
    return _written_out().get(fold(plain))


# --- tone placement -----------------------------------------------------------------


def _compose(*parts: str) -> str:
    return unicodedata.normalize("NFC", "".join(parts))


def _tone_moves() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Replacements of two letters: at the end of a syllable, before another letter, after q."""
    final: dict[str, str] = {}
    inner: dict[str, str] = {}
    after_q: dict[str, str] = {}
    for tone in _TONES:
        for first, second in ("oa", "oe", "uy"):
            on_first = _compose(first, tone, second)
            on_second = _compose(first, second, tone)
            final[on_second] = on_first
            inner[on_first] = on_second
        # ê, ơ, ô, â, ă always carry the tone: trừơng is a slip for trường
        for first in "iuưoy":
            for second in "ăâêôơ":
                inner[_compose(first, tone, second)] = _compose(first, second, tone)
        # the u of qu is no vowel: qúy is a slip for quý
        for second in "aeiyăâêôơ":
            after_q[_compose("u", tone, second)] = _compose("u", second, tone)
    return final, inner, after_q


_FINAL, _INNER, _AFTER_Q = _tone_moves()
_MARKED = {pair: moved for pair, moved in _INNER.items() if pair[-1] in "ăâêôơ"}
_CLOSED = {pair: moved for pair, moved in _INNER.items() if pair not in _MARKED}
_AFTER_Q_PATTERN = re.compile(f"(?<=q)({'|'.join(_AFTER_Q)})")
_MARKED_PATTERN = re.compile("|".join(_MARKED))
_CLOSED_PATTERN = re.compile(f"({'|'.join(_CLOSED)})(?={_LETTER})")
_FINAL_PATTERN = re.compile(f"(?<!q)({'|'.join(_FINAL)})(?!{_LETTER})")


def _one_tone_place(text: str) -> str:
    text = _AFTER_Q_PATTERN.sub(lambda m: _AFTER_Q[m[0]], text)
    text = _MARKED_PATTERN.sub(lambda m: _MARKED[m[0]], text)
    text = _CLOSED_PATTERN.sub(lambda m: _CLOSED[m[0]], text)
    return _FINAL_PATTERN.sub(lambda m: _FINAL[m[0]], text)


# y is the only vowel of its syllable, after a consonant or after qu
_Y_SYLLABLE = re.compile(r"^((?:[bcdđghklmnprstvx]+|qu))([yỳýỷỹỵ])$")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _i_for_y(word: str) -> str:
    found = _Y_SYLLABLE.match(word)
    return found[1] + found[2].translate(_Y_TO_I) if found else word


# --- abbreviations -------------------------------------------------------------------


def _abbreviation_file() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = packaged_yaml("graph", "data", "abbreviations.yaml")
    return found


@lru_cache(maxsize=1)
def _written_out() -> dict[str, str]:
    """Folded abbreviation → what it stands for, as it is written out."""
    found: dict[str, str] = {}
    for short, long in _abbreviation_file()["any_case"].items():
        folded = fold(short)
        found[folded] = long
        bare = strip_diacritics(folded)
        # Without a vowel it cannot be an ordinary syllable
        if not re.search("[aeiouy]", bare):
            found.setdefault(bare, long)
    return found


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {short: fold(long) for short, long in _written_out().items()}


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return _abbreviation_file()["capitals_only"]


@lru_cache(maxsize=1)
def _capitals_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _capitals()))})\b")


_AND = r"\s*(?:&|\bvà\b|-)\s*"
_JOINTS = re.compile(r"[\s&,-]|\bvà\b")


@lru_cache(maxsize=1)
def _abbreviation_pattern() -> re.Pattern[str]:
    longest_first = sorted(_abbreviations(), key=lambda short: (-len(short), short))
    written = [_AND.join(map(re.escape, short.split("&"))) for short in longest_first]
    return re.compile(rf"(?<![\w&])(?:{'|'.join(written)})(?![\w&])")


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, str]:
    return {_JOINTS.sub("", short): long for short, long in _abbreviations().items()}


def _expanded(match: re.Match[str]) -> str:
    return _by_letters()[_JOINTS.sub("", match[0])]


def post_name(title: str, unit: str) -> str:
    """A post with its unit, the word that both share said once: Trưởng ban + Ban Tổ chức → Trưởng Ban Tổ chức."""
    words, unit_words = title.split(), unit.split()
    folded, unit_folded = [fold(word) for word in words], [fold(word) for word in unit_words]
    for shared in range(min(len(words) - 1, len(unit_words)), 0, -1):
        if folded[-shared:] == unit_folded[:shared]:
            return " ".join(words[:-shared] + unit_words)
    return f"{title} {unit}"
