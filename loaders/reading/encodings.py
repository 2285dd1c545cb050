"""Bytes of a text file to text: UTF-8, UTF-16, Windows-1258, and the older TCVN3 and VNI.

The last two wrote Vietnamese letters over others; a text is taken for one of them where that makes the
most Vietnamese of it. Which encoding was found is said.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

from graph.errors import UserError

_TCVN3 = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
)
_VNI_MARKS = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    **{"â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309"},
    **{"ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300"},
    **{"é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"},
}
_VNI_SINGLE = {
    "ñ": "đ",
    "Ñ": "Đ",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ô": "ơ",
    "Ô": "Ơ",
    "ö": "ư",
    "Ö": "Ư",
    "Æ": "Ỉ",
    "Ó": "Ĩ",
    "Ò": "Ị",
}
_LETTERS = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)
_COMMON = re.compile(
    r"\b(?:và|của|các|được|là|cho|không|trong|những|với|có|tỉnh|ủy|về|đã|nhân|dân|tổ|chức|đơn|vị)\b", re.I
)
_LEAST = 0.008
_SAMPLE = 50_000
# letters as the bytes that Windows-1252 has them for; bytes that it leaves open stand for themselves
_BYTES = {bytes([n]).decode("cp1252", errors="ignore") or chr(n): bytes([n]) for n in range(256)}


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding. Raises UserError where the bytes are no text."""
    for mark, codec, said in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
        (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            return _strict(data, codec, name), said
    if data.count(b"\0") > len(data) // 4:
        little = data[1::2].count(0) >= data[::2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be", name), "UTF-16 without mark"
    if b"\0" in data:
        raise UserError(f"{name}: this is not a text file", "bomay reads .txt, .html, .docx and .pdf with a text layer")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(data) or _damaged(data) or _legacy(data, name)
    # a TCVN3 or VNI text that was saved as UTF-8 keeps its wrong letters
    return unfonted(text, "UTF-8")


def _mixed(data: bytes) -> tuple[str, str] | None:
    """A text that is UTF-8 in some lines and something else in others; None where no line is UTF-8."""
    lines = data.splitlines(keepends=True)
    texts: list[str | None] = []
    for line in lines:
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(None)
    good = sum(1 for text in texts if text is not None and not text.isascii())
    if not good:
        return None
    bad = [at for at, text in enumerate(texts) if text is None]
    _, old = _old(b"".join(lines[at] for at in bad))
    names: list[str] = []
    for at in bad:
        # a line of another encoding, or damaged bytes in a line of UTF-8
        one, other = _DECODERS[old](lines[at]), lines[at].decode("utf-8", errors="replace")
        other_encoding = score(one) > max(score(other), _LEAST)
        texts[at] = one if other_encoding else other
        names.append(old if other_encoding else "damaged bytes")
    numbers = ", ".join(str(at + 1) for at in bad[:8]) + (" …" if len(bad) > 8 else "")
    where = f"line{'s' if len(bad) > 1 else ''} {numbers}"
    return "".join(text or "" for text in texts), f"UTF-8 mixed with {' and '.join(dict.fromkeys(names))} ({where})"


def _damaged(data: bytes) -> tuple[str, str] | None:
    """A text of UTF-8 in which a few bytes are damaged."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost * 50 < len(text) and score(text) > 0.2:
        return text, f"UTF-8 with {lost} damaged characters"
    return None


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UserError(f"{name}: damaged {codec} at byte {error.start}", "Save the file again as UTF-8.") from error


def _old(data: bytes) -> tuple[str, str]:
    """The bytes in the single-byte encoding that makes the most Vietnamese of them."""
    choices = [(made(data), name) for name, made in _DECODERS.items()]
    return max(choices, key=lambda choice: score(choice[0]))


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    text, said = _old(data)
    if score(text) < _LEAST:
        raise UserError(
            f"{name}: the encoding is none of UTF-8, UTF-16, Windows-1258, TCVN3, VNI", "Save the file again as UTF-8."
        )
    return text, said


def unfonted(text: str, said: str) -> tuple[str, str]:
    """A text whose letters are those of a TCVN3 or VNI font, or of UTF-8 that was taken for something else and
    saved again, put right; `said` then says so too."""
    plain = score(text)
    if plain >= 0.15:
        return text, said
    sample = text[:_SAMPLE]
    ways = {"TCVN3": from_tcvn3, "VNI": from_vni, "UTF-8 saved twice": _saved_twice}
    name = max(ways, key=lambda way: score(ways[way](sample)))
    if score(ways[name](sample)) > max(0.08, 2 * plain):
        return ways[name](text), f"{name} in {said}"
    return text, said


def _saved_twice(text: str) -> str:
    """UTF-8 whose bytes were taken for letters of Windows-1252: "Tá»‰nh" is Tỉnh."""
    if not re.search("á[»º]|Ã|Ä‘|Æ°", text):
        return text
    data = b"".join(_BYTES.get(letter) or letter.encode("utf-8") for letter in text)
    return data.decode("utf-8", errors="replace")


def score(text: str) -> float:
    """How Vietnamese a text is: common words, less what no Vietnamese text has."""
    sample = text[:_SAMPLE]
    words = len(sample.split()) or 1
    strange = len(re.findall(r"[\u0080-\u009f¡-¿÷×þÞðÐ�]", sample))
    return (len(_COMMON.findall(sample)) + 0.1 * len(_LETTERS.findall(sample)) - 2 * strange) / words


def from_tcvn3(text: str) -> str:
    """Text written in a TCVN3 font (.VnTime) as Unicode."""
    table = dict(zip(_TCVN3[0], _TCVN3[1], strict=True)) | dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True))
    return text.translate({ord(a): b for a, b in table.items()})


def from_vni(text: str) -> str:
    """Text written in a VNI font as Unicode."""

    def letter(match: re.Match[str]) -> str:
        base, mark = match[1], match[2].lower()
        base = {"ô": "ơ", "ö": "ư", "Ô": "Ơ", "Ö": "Ư"}.get(base, base)
        return unicodedata.normalize("NFC", base + (_VNI_MARKS.get(mark) or _VNI_HATS[mark]))

    marks = "".join(_VNI_MARKS)
    hats = "".join(_VNI_HATS)
    text = re.sub(f"([aeouyAEOUYôöÔÖ])([{marks}{marks.upper()}])", letter, text)
    text = re.sub(f"([aeoAEO])([{hats}{hats.upper()}])", letter, text)
    return text.translate({ord(a): b for a, b in _VNI_SINGLE.items()})


_DECODERS: dict[str, Callable[[bytes], str]] = {
    "Windows-1258": lambda data: unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")),
    "TCVN3": lambda data: from_tcvn3(data.decode("latin-1")),
    "VNI": lambda data: from_vni(data.decode("cp1252", errors="replace")),
}
