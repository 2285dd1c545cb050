"""What keeps a sentence that fits a rule from being a change, or a unit in it from taking part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.deciders import ISSUERS
from loaders.reading.event_whose import becomes_what_it_has, only_where_it_is, part_of_it
from loaders.reading.half_read import one_of_counted
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known
from loaders.reading.places import LEVEL_OF, kind_word
from loaders.reading.rules import Rule

# a unit behind one of these only says where or by whose order (Ở Sở Công Thương, phòng A được nhập vào phòng B)
_WHERE = frozenset(("ở", "tại", "theo", "ngoài"))
# what stands before it closes a change (Phòng A nhập vào Sở B, Phòng C nhập vào Sở D)
_ENDS = frozenset(("v:into", "v:becoming", "với"))
_BETWEEN = frozenset(
    ("v:basis", "tại", "của", "ở", "trong", "cho", "do", "v:under", "theo", "bởi", "để", "v:into", "v:from_old")
)
# what is made of people of several units is no unit (đoàn kiểm tra gồm Sở A, Sở B; gồm đại diện Sở C)
_GROUPS = frozenset(("đoàn", "tổ", "nhóm", "hội", "mô", "tiểu", "câu", "liên", "đội"))
_WITH = frozenset(("đại", "diện", "với", "cùng", "giữa", "trụ"))
_REPLACES = ("thay", "thế")
_COUNTED_GROUPS = re.compile(
    r"\s*(?:\d+|các|hai|ba|bốn|một) "
    r"(?:đoàn (?:kiểm|thanh|công|giám|liên)|tổ (?:công|kiểm|giúp|liên|thẩm)|nhóm|câu lạc|tiểu ban)",
    re.I,
)
_COUNTED = frozenset(("M", "K", "xã", "phường", "huyện"))


def only_where(items: Sequence[Item], at: int, first: int, *, made: bool = False) -> bool:
    """Whether the unit at the index, of a row that begins at `first`, only says where, or ends the change before:
    behind "ở" or "vào" and before a comma with further units; of a row of units that are `made`, behind "của" too."""
    before = _WHERE | _ENDS if at == first else _WHERE
    if made and at == first:
        before = _WHERE | {"của", "v:under"}
    if at == 0 or items[at - 1].symbol not in before or (at > 1 and items[at - 2].symbol == "đối"):
        return False
    return at + 1 < len(items) and items[at + 1].symbol == ","


_PLACES_DO = re.compile(r"(?:\A| )(?:các|hai|ba|bốn|#) (?:P (?:, |và |, và )){1,9}P (?:đã |cũng |đều |vừa |sẽ )*\Z")


# what a unit has inside
_INNER = frozenset(("phong", "phong_chi_cuc", "khoa", "to", "doi", "bo_phan", "to_chuc_khac"))
_PROVINCES = frozenset(("tỉnh", "thành phố"))


def _no_split(sentence: Sentence, match: re.Match[str], inputs: Sequence[Known], outputs: Sequence[Known]) -> bool:
    """Whether what is divided only has these parts (huyện A được chia thành 3 xã; Sở B chia thành 4 phòng), or is not
    the unit but something of it (lớp tập huấn của Sở B)."""
    if match.start("inputs") < match.start("verb"):
        first = sentence.index(match.start("inputs"))
        if first > 0 and sentence.items[first - 1].symbol in ("của", "tại", "ở"):
            return True
    if match["inputs"].startswith("P "):
        return not _of_one_level([*inputs, *outputs])
    inner = {unit.kind for unit in outputs} <= _INNER
    return inner and not {unit.kind for unit in inputs} <= _INNER


def _of_one_level(places: Sequence[Known]) -> bool:
    said = {kind_word(place.name) for place in places}
    return len({LEVEL_OF.get(kind) for kind in said}) == 1 or said <= _PROVINCES


_OF_NOW = frozenset(("nay", "hiện", "v:called", "sau", "này"))


def in_brackets(items: Sequence[Item], at: int) -> bool:
    """Whether the unit at the index stands alone in brackets behind another, or as what that is now (Ty A (nay là Sở
    B))."""
    opens = at - 1
    while opens > 0 and at - opens < 4 and items[opens].symbol in _OF_NOW:
        opens -= 1
    if opens < 1 or items[opens].symbol != "(" or items[opens - 1].symbol not in ("U", "Y"):
        return False
    return at + 1 < len(items) and items[at + 1].symbol == ")"


def _of_each(sentence: Sentence, verb: Item) -> bool:
    """Whether each of several counted places does it (52/52 xã, phường đã thành lập …): no one unit is meant."""
    at = sentence.items.index(verb)
    if any(item.symbol in (":", "gồm", "v:called") for item in sentence.items[at + 1 : at + 4]):
        return False  # 7 sở được thành lập gồm: each is named
    if _PLACES_DO.search("".join(item.symbol + " " for item in sentence.items[:at])):
        return True  # các huyện Sơn Khê, Sơn Lâm thành lập …
    before = sentence.items[:at][-8:]
    for index, item in enumerate(before):
        following = before[index + 1].symbol if index + 1 < len(before) else ""
        if item.symbol == "#/" or (item.symbol == "#" and following in _COUNTED):
            behind = "".join(each.symbol + " " for each in before[index:])
            # Từ 7 trung tâm, tỉnh A thành lập …: it is not they that do it
            return re.search(r"(?:\A| )[;U] |, P ", behind) is None
    return False


def _is_class(sentence: Sentence, last: int) -> bool:
    """Whether what is named is no one unit but a class (Tòa án nhân dân (TAND) cấp tỉnh, Trung tâm Y tế các huyện);
    `last` is the index of its last item."""
    items = sentence.items
    at = last + 1
    if at < len(items) and items[at].symbol == "(":
        at = next((i + 1 for i in range(at, min(at + 4, len(items))) if items[i].symbol == ")"), at)
    if at + 1 < len(items) and (items[at].symbol, items[at + 1].symbol) in (("cho", "#"), ("cho", "các")):
        return True  # thành lập Ban Quản lý dự án cho 8 xã
    if [item.symbol for item in items[at : at + 3]] in (["v:under", "K", "các"], ["v:under", "Y", "các"]):
        return True  # Phòng Dân tộc thuộc UBND các huyện
    if [item.symbol for item in items[at : at + 2]] == ["khu", "vực"]:
        return True  # Tòa án, Viện kiểm sát nhân dân khu vực
    return at < len(items) and items[at].symbol in ("cấp", "các")


def _no_transfer(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether who takes what is handed over is not told (lễ bàn giao nhiệm vụ giữa Sở A và Sở B)."""
    if match.re.groupindex.get("outputs") is None or match.start("outputs") < 0:
        return False
    first = sentence.index(match.start("outputs"))
    return first > 0 and sentence.items[first - 1].symbol == "giữa"


def _text(sentence: Sentence, item: Item) -> str:
    return sentence.text()[item.start - sentence.start : item.end - sentence.start]


def _something_else(sentence: Sentence, verb: Item, first: Item) -> bool:
    """Whether something else is the object of the verb, which only stands near the unit (thành lập đoàn kiểm tra tại
    UBND huyện)."""
    between = sentence.items[sentence.items.index(verb) + 1 : sentence.items.index(first)]
    if (between and _is_group(between)) or any(item.symbol in _WITH for item in between):
        return True
    if _COUNTED_GROUPS.match(sentence.text(), verb.end - sentence.start):
        return True
    if between and between[-1].symbol == "M" and _text(sentence, between[-1]).endswith("thuộc"):
        return True  # thành lập 2 đảng bộ trực thuộc Tỉnh ủy
    return not _is_listed(between) and any(item.symbol in _BETWEEN for item in between)


def _is_group(between: Sequence[Item]) -> bool:
    """Whether a group of people is set up, which "tổ chức" is not."""
    of_two = between[0].symbol == "tổ" and len(between) > 1 and between[1].symbol == "chức"
    return between[0].symbol in _GROUPS and not of_two


def _is_listed(between: Sequence[Item]) -> bool:
    """Whether what stands between a verb and a unit begins a list (5 cơ quan, trong đó có …)."""
    return any(item.symbol in (":", "gồm", "đó", "v:called", "v:becoming") for item in between)


_OBJECT_BEHIND = frozenset(
    (*((kind, "v:create") for kind in ("create", "merge", "rename", "split", "separate")), ("dissolve", "v:dissolve"))
)
_APART = frozenset(("theo", "tại", "do", "bởi", "ở", "trong", "với", "cùng", "để"))


def _only_by(sentence: Sentence, verb: Item, first: Item) -> bool:
    """Whether the unit behind the verb is only the one by which or at which it is done (giải thể theo quyết định của
    UBND tỉnh)."""
    between = sentence.items[sentence.items.index(verb) + 1 : sentence.items.index(first)]
    return not _is_listed(between) and any(item.symbol in _APART for item in between)


def _kind_of_several(sentence: Sentence, match: re.Match[str], inputs: Sequence[Known]) -> bool:
    """Whether what merges is only a kind of which there are several (hai đảng bộ khối được hợp nhất thành …)."""
    if len(inputs) != 1 or "inputs" not in match.re.groupindex or match["inputs"] is None:
        return False
    at = sentence.index(match.start("inputs"))
    return at > 0 and sentence.items[at - 1].symbol == "#"


_DECIDES = ("quyết", "thống", "ban", "kí")


def _decides(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the one unit before the verb is the one that decides on the change (nên Sở Y tế quyết định đổi tên
    thành …)."""
    following = sentence.items[sentence.index(match.end("inputs") - 2) + 1].symbol
    return following in _DECIDES


def _not_a_party(sentence: Sentence, kind: str, match: re.Match[str], verb: Item) -> bool:
    """Whether the unit that a rule found is only the one that decides on the change, or by which it is done."""
    object_of_verb = "inputs" if kind == "dissolve" else "outputs"
    for name in match.re.groupindex:
        if name not in ("inputs", "outputs") or match[name] is None:
            continue
        first = sentence.items[sentence.index(match.start(name))]
        if first.start < verb.start:
            if name == "inputs" and (_decides(sentence, match) or part_of_it(sentence, kind, first, verb)):
                return True
        elif name == object_of_verb and (kind, verb.symbol) in _OBJECT_BEHIND:
            if _only_by(sentence, verb, first) or _is_counted(sentence, match, name):
                return True
        elif name == "inputs" and verb.symbol in _WHOLE and _only_part_of(sentence, verb, first):
            return True
    return False


# these are said of whole units
_WHOLE = frozenset(("v:merge", "v:reorganise", "v:convert"))
# what of a unit may go over by itself
_PARTS = frozenset(("phận", "khoa", "tổ", "lớp", "mảng", "điểm", "nhóm", "v:function"))


def _only_part_of(sentence: Sentence, verb: Item, first: Item) -> bool:
    """Whether only a part of the unit behind the verb goes over (sáp nhập bộ phận một cửa của Sở A vào …), or what is
    in the place (nhập các trường học ở xã A và xã B)."""
    between = sentence.items[sentence.items.index(verb) + 1 : sentence.items.index(first)]
    if first.symbol == "P" and between and between[-1].symbol in ("ở", "tại"):
        return True
    parted = bool(between) and between[-1].symbol == "của"
    return parted and any(item.symbol in _PARTS for item in between)


_CHANGES = frozenset(("v:create", "v:merge", "v:rename", "v:move", "v:split", "v:reorganise", "v:receive"))
_SEVERAL = re.compile(r"(?:0*(?!0|1\b)\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\Z", re.I)


def _is_counted(sentence: Sentence, match: re.Match[str], name: str) -> bool:
    """Whether the one name behind a number stands for all that are called so (giải thể 26 Ban Chỉ huy Quân sự
    huyện)."""
    first, last = sentence.index(match.start(name)), sentence.index(match.end(name) - 2)
    before = sentence.items[first - 1]
    one = first == last and before.symbol == "#" and sentence.items[first].symbol == "U"
    return one and _SEVERAL.match(_text(sentence, before)) is not None


_ACTS = frozenset(("vừa", "đã", "được", "thì", "đang", "sẽ", "có", "tổ", "tiến", "phối", "chủ", "báo", "cũng", "yêu"))


def next_subject(sentence: Sentence, end: int) -> bool:
    """Whether the last unit of "A, B" acts itself: a verb stands behind it (thành lập Trung tâm A, Sở B vừa …)."""
    following = sentence.items[end + 1].symbol if end + 1 < len(sentence.items) else ""
    return following in _ACTS or following in _CHANGES


def _one_of_several(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the unit that gets a new name is only the last of several that get it together (Sau hợp nhất, A và B có
    tên mới là C)."""
    if "inputs" not in match.re.groupindex or match["inputs"] is None:
        return False
    at = sentence.index(match.start("inputs"))
    before = [item.symbol for item in sentence.items[max(0, at - 3) : at]]
    return before[-2:] in (["U", "và"], ["U", "cùng"], ["U", "với"]) and before[0] not in ("v:becoming", "v:into")


def _repealed(sentence: Sentence, verb: Item) -> bool:
    """Whether the change is only what a document that is repealed or replaced said."""
    before = sentence.items[: sentence.items.index(verb)]
    said = [index for index, item in enumerate(before) if item.symbol == "v:abolish"]
    said += [index for index, item in enumerate(before[:-1]) if (item.symbol, before[index + 1].symbol) == _REPLACES]
    return bool(said) and any(item.symbol == "D" for item in before[said[0] :])


_ORDERED = re.compile(
    r"(?:- )?(?:v:(?:dissolve|merge|rename) (?:\S+ ){0,2}?U |"
    r"v:move v:function (?:(?!(?:U|;) )\S+ )+(?:của |v:from_old )U )"
)


def orders_change(sentence: Sentence) -> bool:
    """Whether a clause of a decision begins with the order to change a named unit (Giải thể Trạm A; nhiệm vụ …), which
    it may among duties too."""
    return _ORDERED.match(sentence.symbols) is not None


_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_ABOVE_COMMUNES = ("huyện", "quận", "thị xã", "thành phố", "tỉnh")


def own_level(places: list[Known]) -> list[Known]:
    """The places without those that communes among them lie in (phường Tân An, quận Ninh Kiều)."""
    if not any(place.name.lower().startswith(_COMMUNES) for place in places):
        return places
    return [place for place in places if not place.name.lower().startswith(_ABOVE_COMMUNES)]


_PEOPLE = frozenset(
    ("cán bộ", "công chức", "viên chức", "nhân viên", "bác sĩ", "giáo viên", "học sinh", "bệnh nhân", "người bệnh")
)


def _of_people(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    """Whether people of the unit change their place, not the unit (bác sĩ của Bệnh viện … được chuyển), or each unit
    of a class."""
    first = sentence.index(match.start("inputs")) if "inputs" in match.re.groupindex else 0
    if "inputs" in match.re.groupindex and _is_class(sentence, sentence.index(match.end("inputs") - 2)):
        return True
    if not first or sentence.items[first].start > verb.start:
        return False
    before = sentence.items[first - 1].symbol
    two = f"{sentence.items[first - 2].symbol} {before}" if first > 1 else ""
    if two in ("cơ quan", "đơn vị") and first > 2:
        before = sentence.items[first - 3].symbol  # ba biên chế của cơ quan Tỉnh đoàn
    return before in ("của", "tại", "ở", "N", "C") or two in _PEOPLE


def _behind_word(sentence: Sentence, verb: Item) -> str:
    """The word right before the verb."""
    at = sentence.items.index(verb)
    return sentence.items[at - 1].symbol if at else ""


# what is only set up where something is so (Phòng Dân tộc được thành lập khi có ít nhất …)
_ON_CONDITION = re.compile(
    r"\s*(?:khi (?:có|đủ|đáp ứng|bảo đảm|đảm bảo|thỏa mãn|cần)\b|nếu\b|trong trường hợp\b|ở (?:những )?nơi\b)", re.I
)


def _no_creation(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    """Whether no unit is created: a class of units is, each of several places does it, or something else is the
    object of the verb."""
    if verb.symbol == "lập" and _behind_word(sentence, verb) == "thành":
        return True  # kỷ niệm ngày thành lập Sở A
    if "outputs" not in match.re.groupindex:
        return False  # what is created is named behind
    at = sentence.index(match.start("outputs"))
    first = sentence.items[at]
    if [item.symbol for item in sentence.items[max(0, at - 2) : at]] == ["giúp", "việc"]:
        return True  # cơ quan tham mưu, giúp việc Đảng ủy A được thành lập
    if first.start < verb.start and _ON_CONDITION.match(sentence.text(), verb.end - sentence.start):
        return True
    if _is_class(sentence, sentence.index(match.end("outputs") - 2)):
        return True
    return _of_each(sentence, verb) or (first.start > verb.start and _something_else(sentence, verb, first))


# what has to be so before the change can be (việc thành lập Sở A phải đáp ứng tiêu chí …)
_TERMS = re.compile(
    r"\s*(?:[^,.;]{0,40}\s)?(?:phải|cần|chỉ được) (?:đáp ứng|có đủ|hội đủ|thỏa mãn|bảo đảm|đảm bảo|đạt)\b"
    r"[^,.;]{0,30}\b(?:tiêu chí|điều kiện|tiêu chuẩn)",
    re.I,
)
# what a decision is grounded on (Căn cứ Quyết định số 12/QĐ-UBND về việc thành lập Sở A;)
_GROUND = re.compile(r"\A\W*(?:căn cứ|xét|theo đề nghị)\b(?:[^,]*|.*;)\s*\Z", re.I | re.S)


def _only_cited(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the sentence only says what the change depends on, or cites it as its ground."""
    end = sentence.items[sentence.index(match.end() - 2)].end - sentence.start
    return _TERMS.match(sentence.text(), end) is not None or _GROUND.match(sentence.text()) is not None


# nhận, tiếp nhận: from an organ above a unit gets tasks and orders
_RECEIVED = re.compile(r"(?:v:receive|nhận) ")
_REARRANGED = re.compile(r"đầu mối|cơ cấu lại|sắp xếp lại|tổ chức lại|kiện toàn", re.I)
# among places, only those of one level do this with each other
_OF_ONE_LEVEL = frozenset(("merge", "absorb", "rename", "separate"))
_TEMPORARY = ("ban_chi_dao", "to_kiem_tra")


def is_none(
    sentence: Sentence, rule: Rule, match: re.Match[str], verb: Item, inputs: list[Known], outputs: list[Known]
) -> bool:
    """Whether the sentence fits the rule, and yet tells no change of these units."""
    kind = rule.kind
    if only_where_it_is(sentence, match, verb):
        return True
    if _only_cited(sentence, match) or _repealed(sentence, verb) or _not_a_party(sentence, kind, match, verb):
        return True
    if (not rule.item_of and one_of_counted(sentence, match, inputs)) or (
        kind == "merge" and _kind_of_several(sentence, match, inputs)
    ):
        return True
    if kind in ("create", "transfer") and outputs and all(unit.kind in _TEMPORARY for unit in outputs):
        return True  # working groups are no part of the apparatus
    if kind == "create":
        return _no_creation(sentence, match, verb)
    if kind == "transfer":
        told_to = bool(inputs) and inputs[0].kind in ISSUERS and outputs[0].kind not in ISSUERS
        return _no_transfer(sentence, match) or (told_to and _RECEIVED.search(match[0]) is not None)
    if kind in ("move", "rename"):
        named = kind == "rename" and "outputs" in match.re.groupindex
        several = named and (_one_of_several(sentence, match) or _is_counted(sentence, match, "outputs"))
        several = several or (named and becomes_what_it_has(sentence, match, verb))
        return several or _of_people(sentence, match, verb)
    return kind == "rearrange" and _REARRANGED.search(sentence.text()) is None


def cannot_be(kind: str, sentence: Sentence, match: re.Match[str], inputs: list[Known], outputs: list[Known]) -> bool:
    """Whether the units do not fit the kind of change."""
    if kind in ("rename", "absorb") and not inputs:
        return True
    if kind in _OF_ONE_LEVEL and "P v:" in match[0] and not any(unit.kind for unit in (*inputs, *outputs)):
        return not _of_one_level([*inputs, *outputs])  # huyện A sáp nhập xã B
    if kind == "merge":
        return len(inputs) == 1 and inputs == outputs
    if kind == "rename" and inputs[0].kind == "bo" and outputs and outputs[0].kind != "bo":
        return True  # chuyển Chi cục A về Bộ B (nay là Cục A)
    if kind == "rename":
        # chuyển về UBND tỉnh và tổ chức lại thành Chi cục A: who takes it is not what becomes it
        return inputs[0].kind in ISSUERS and bool(outputs) and outputs[0].kind not in ISSUERS
    return kind == "split" and "inputs" in match.re.groupindex and _no_split(sentence, match, inputs, outputs)
