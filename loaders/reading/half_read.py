"""Whether a change is only half read: a unit beside those that were found is named, and was not recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.text import key
from graph.vocabulary import fields_of
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known
from loaders.reading.lexicon import keys
from loaders.reading.rules import Rule

_KINDS = frozenset(("merge", "absorb", "rename", "move", "split", "separate"))
_GROUPS = ("inputs", "more", "outputs")
# what is named with a capital, and is no unit
_NO_UNIT = frozenset(("cổng", "ảnh", "quyết", "nghị", "đề", "chỉ"))
_BASIS = frozenset(("v:merge", "v:basis", "v:born"))
_OF_HEAD = frozenset(("này", "đó", "mới", "cũ", "trên", "nói", "được", "đã", "sẽ", "theo", "để", "của", "từ", "sang"))
# what is in names, and is done with a unit too (về Sở Y tế quản lý)
_DOES = frozenset(("quản", "đảm", "chính", "thực", "công", "tổ", "hoạt"))
_GIVER = frozenset(("của", "v:from_old"))
_COUNTED = frozenset(("#", "M"))
_CLAIMS = re.compile(r"\b(?:nhiều người|nhiều ý kiến|có ý kiến|một số ý kiến|dư luận|bạn đọc)\b.{0,60}\bnên\b", re.I)
_CONDITIONS = re.compile(r"\b(?:phải|cần|nên) (?:tạo|bảo đảm|đảm bảo|được|gắn|căn cứ|tính|phù hợp|có)\b", re.I)

# a scheme that nobody has written yet
_NOT_YET = re.compile(r"\bsẽ (?:tiếp tục )?(?:tham mưu|nghiên cứu|xây dựng|lập|xem xét)\b[^.;,]{0,40}\bđề án\b", re.I)


def half_read(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether a name that the rule took is cut, or its list has a part before or behind it that is no unit here."""
    if any(test(sentence, rule, match) for test in (_giver_unread, _subject_unread, _source_unread, _first_unread)):
        return True
    if rule.kind not in _KINDS:
        return False
    for group in _GROUPS:
        if group not in rule.pattern.groupindex or match[group] is None:
            continue
        first, last = sentence.index(match.start(group)), sentence.index(match.end(group) - 2)
        if sentence.items[last].symbol == "U" and _goes_on(sentence, last):
            return True
        if group != "outputs" and rule.kind == "merge" and _begins_before(sentence, first):
            return True
        if group == "inputs" and match[group].startswith("P ") and (_mixed(sentence, last) or _half(sentence, first)):
            return True
    return rule.kind == "merge" and (_result_in_front(sentence, rule, match) or _are_results(sentence, match))


def only_said(sentence: Sentence, rule: Rule) -> bool:
    """Whether the change is only what people think should be (nhiều người cho rằng nên sáp nhập …), or the sentence
    says how changes of the kind are to be made (việc sáp nhập các trường phải bảo đảm …)."""
    if rule.unnamed:
        return _CONDITIONS.search(sentence.text()) is not None or _NOT_YET.search(sentence.text()) is not None
    return rule.kind in _KINDS and _CLAIMS.search(sentence.text()) is not None


def one_of_counted(sentence: Sentence, match: re.Match[str], inputs: Sequence[Known]) -> bool:
    """Whether only one of several that are counted was found (hợp nhất 3 Bộ: Nội thương; Vật tư …)."""
    if len(inputs) != 1 or "inputs" not in match.re.groupindex or match["inputs"] is None:
        return False
    at = sentence.index(match.start("inputs"))
    before = [item.symbol for item in sentence.items[max(0, at - 3) : at]]
    return bool(before) and before[-1] == ":" and any(symbol in _COUNTED for symbol in before)


def _goes_on(sentence: Sentence, last: int) -> bool:
    """Whether the name, or the list, goes on behind the unit (Sở Tài chính và Kế hoạch, Đội Thanh tra xây dựng
    quận)."""
    items = sentence.items
    following = items[last + 1 : last + 4]
    if not following:
        return False
    if following[0].symbol in ("và", "với") and len(following) > 1:
        return _is_name(sentence, following[1])
    if following[0].symbol == "," and len(items) == last + 4 and all(_plain(item) for item in following[1:]):
        more = _text(sentence, following[1], following[2])
        return key(more) in keys("name_parts") or bool(fields_of(more))  # Phòng Cảnh sát kinh tế, môi trường.
    if not _plain(following[0]) or _apart(sentence, items[last], following[0]):
        return False
    if _is_name(sentence, following[0]):
        return True
    head = _text(sentence, items[last], items[last])
    if " " not in head and items[last - 1].symbol in ("và", "với", "v:merge", "v:reorganise"):
        return following[0].symbol not in _OF_HEAD  # Phòng xét nghiệm
    words = [item for item in following[:2] if _plain(item)]
    if len(words) < 2 or words[0].symbol in _DOES:
        return False
    return key(_text(sentence, words[0], words[1])) in keys("name_parts")


def _begins_before(sentence: Sentence, first: int) -> bool:
    """Whether the list of what merges begins before the first unit found (hợp nhất nhà hát kịch Hòa Sơn và Nhà hát
    Tuổi trẻ)."""
    items = sentence.items
    if first < 2 or items[first - 1].symbol not in ("và", "với"):
        return False
    if items[first - 2].symbol == "P" and any(item.symbol == "v:merge" for item in items[: first - 2]):
        return True  # sáp nhập diện tích của xã A với thôn B và thôn C
    at = first - 2
    while at >= 0 and _plain(items[at]):
        at -= 1
    return at < first - 2 and at >= 0 and items[at].symbol in _BASIS


def _mixed(sentence: Sentence, last: int) -> bool:
    """Whether a list of places goes on with what is none (của xã A với thôn B; 3 xã của huyện A và 18.023 ha)."""
    following = [item.symbol for item in sentence.items[last + 1 : last + 3]]
    return len(following) == 2 and following[0] in ("và", "với") and following[1] in ("U", "#", "M")


def _half(sentence: Sentence, first: int) -> bool:
    """Whether the place is only the second half of a name (tỉnh Quảng Nam - Đà Nẵng được chia thành …)."""
    return [item.symbol for item in sentence.items[max(0, first - 2) : first]] == ["P", "-"]


def _result_in_front(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether the result stands before the bracket that tells of what it is made, and is no unit here (Chăn nuôi và
    Thú y (sáp nhập Phòng Chăn nuôi và Chi cục Thú y))."""
    if "outputs" in rule.pattern.groupindex:
        return False
    at = sentence.index(match.start())
    items = sentence.items
    return at > 1 and items[at - 1].symbol == "(" and _plain(items[at - 2])


_INTO_COUNTED = re.compile(r"\b(?:thành|còn|xuống) \w+(?: \w+){0,3}: ?\Z", re.I)


def _are_results(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the list of what merges is one of what is made (sáp nhập 5 thôn thành 2 thôn: thôn A, thôn B)."""
    if "inputs" not in match.re.groupindex or match["inputs"] is None or match.start("inputs") == match.start():
        return False
    if "outputs" in match.re.groupindex:
        return False
    first = sentence.items[sentence.index(match.start("inputs"))]
    start = sentence.items[sentence.index(match.start())].start
    return _INTO_COUNTED.search(sentence.between(start, first.start)) is not None


def _plain(item: Item) -> bool:
    """Whether the item is a word that the grammar does not have."""
    return item.symbol.isalpha() and item.symbol.islower()


def _is_name(sentence: Sentence, item: Item) -> bool:
    return _plain(item) and item.symbol not in _NO_UNIT and _text(sentence, item, item)[:1].isupper()


def _apart(sentence: Sentence, unit: Item, word: Item) -> bool:
    """Whether something that is no item stands between the two."""
    return sentence.between(unit.end, word.start).strip() != ""


def _text(sentence: Sentence, first: Item, last: Item) -> str:
    return sentence.between(first.start, last.end)


def _giver_unread(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether who hands over is named, and is no unit here (chuyển nhiệm vụ của Ủy ban Dân số về Sở Y tế)."""
    groups = rule.pattern.groupindex
    if rule.kind != "transfer" or "inputs" in groups or "outputs" not in groups or match["outputs"] is None:
        return False
    first, last = sentence.index(match.start()), sentence.index(match.start("outputs"))
    inside = sentence.items[first:last]
    return any(one.symbol in _GIVER and _is_name(sentence, other) for one, other in pairwise(inside))


def _subject_unread(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether who gets the new name took in the unit before the verb (nhận sáp nhập Trung tâm A và đổi tên thành B),
    or is not named."""
    if rule.kind != "rename" or "inputs" not in rule.pattern.groupindex:
        return False
    first = sentence.index(match.start("inputs"))
    before = sentence.items[first - 1].symbol if first else ""
    return before in ("v:merge", "v:receive") and match[0].startswith("U và v:rename ")


# nhập với Trường B thành …; nhập vào Trường B để lập nên …
_WITH_ANOTHER = re.compile(r"v:merge (?:\S+ )?(?:với|cùng|v:into) ")


def _first_unread(_sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether the one that merges with those that were found stands before the verb, and is no unit here."""
    if rule.kind != "merge" or "inputs" not in rule.pattern.groupindex or match["inputs"] is None:
        return False
    said = match[0][: match.start("inputs") - match.start()]
    return _WITH_ANOTHER.fullmatch(said) is not None


def _source_unread(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether the unit came out of one that is no unit here (Trường A thành lập …, tách từ trường cấp 1, 2 B)."""
    return rule.kind == "create" and "v:split v:from_old " in sentence.symbols[match.end() :]
