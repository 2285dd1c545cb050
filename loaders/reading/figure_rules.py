"""The rules by which figures are found: data/figures.yaml, compiled once.

A pattern is a row of parts as in `loaders.reading.rules`, and beside them:

    #   #%   #/   a number, a percentage, n of m; with a word such as khoảng before it and a remark in
                  brackets behind it. #? is # or #%, #+ is # or #/. They are the groups n1, n2 …
    M             what is counted, m1, m2 …; M~ with up to five further words (phòng thuộc các sở)
    B             the same, or units of a kind that it counts by their name (20 *Ban Quản lý dự án* cấp huyện);
                  B~ with whose they are, also of so many (chi cục thuộc 58 cục thuế)
    ...           up to twelve other items of the same clause, no numbers but of days and years (sau 2 năm)
    TAIL          up to eight items that go on with a noun (đầu mối *do Bộ trực tiếp quản lý*)
    LISTED        what stands before a number in a list: units and posts by their names, so many other things, how
                  large a place is (dân số 7.914 người)
    WHOSE         of what the number behind is a part, in a few words (khối giáo dục 30 đơn vị)
    END           nothing, but the clause or its part ends here
    DOWN UP …     the words of that name in `words`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from loaders.reading.named_rules import NamedRule, named_rules
from loaders.reading.rules import expression_of_part


@dataclass(frozen=True, kw_only=True)
class FigureRule(NamedRule):
    """One way of giving a figure.

    `means` says what the numbers are: value (the first is the figure), change (from the first to the
    second), before (from the second to the first), share (the first of the second), left (a change by the
    first, the second is left), pairs (two changes, from the first and second to the third and fourth),
    pairs-before (the same, with the later numbers first), each (every number is a figure), range (from the
    first to the second), inner (part of what the noun before it counts), turn (each is a figure of one of
    the nouns before, in their order).
    `carries`: the figures behind a comma or và are of the same kind.
    """

    direction: str
    means: str = "value"
    carries: bool = False

    @property
    def of_two_times(self) -> bool:
        """Whether its numbers are of one thing before and after."""
        return self.means in ("change", "before", "pairs", "pairs-before")


@lru_cache(maxsize=1)
def figure_data() -> dict[str, Any]:
    """data/figures.yaml."""
    found: dict[str, Any] = packaged_yaml("loaders", "reading", "data", "figures.yaml")
    return found


@lru_cache(maxsize=1)
def figure_rules() -> tuple[FigureRule, ...]:
    """The rules in the order in which they are tried."""
    return named_rules(FigureRule, figure_data()["rules"], pattern=lambda row: _compiled(row["pattern"]))


_ABOUT = r"(?:(?:{words}) )?"
_REMARK = r"(?:\( (?:(?![#()])\S+ ){1,6}\) )?"
_OF = "(?:(?:tổng )?(?:số )?(?:lượng )?)?"
_NUMBERS = {"#": "#", "#%": "#%", "#/": "#/", "#?": "#%?", "#+": "#/?"}
# how long something took is no number of the figure: từ 15 phòng, sau hơn 2 năm thực hiện nay còn 8 phòng
_LASTS = r"# (?:năm|tháng|tuần|ngày|giờ|nhiệm kỳ|đợt|giai đoạn|bước|vòng|lần) "
_FAR = rf"(?:(?!; |#)\S+ |{_LASTS}){{0,12}}?"
_STOPS = (
    "M |N |chưa |C |v:(?!under |called )|giảm |tăng |còn |xuống |lên |có |đã |được |bị |nay |thì |đạt |chiếm |vượt "
)
_TAIL = rf"(?:(?:(?![#,;:()]|{_STOPS})\S+ ){{0,5}}?)"
_OBJECT = rf"(?:(?![#,;:()]|v:called |{_STOPS})\S+ ){{0,8}}?"
_WHEN = r"(?:(?:hiện có|hiện nay|hiện tại|đang có|trước đây|trước kia|trước đó|ban đầu) )?"
# whose they are, perhaps of several: 14 chi cục thuộc cục hải quan tỉnh, liên tỉnh, thành phố và 239 tổ
_TIE = r"(?:v:from_old (?:P|U|K) )?(?:v:under (?:(?![#;:()]|giảm |tăng |còn |có |v:(?!under ))\S+ ){1,14}?)?"
_END = r"(?=[,;:.()] |và |so |vào |trong |T |\Z)"
# … of so many, or of those that are named: 184 chi cục *của 32 cục thuế*, 10 thôn *thuộc 3 xã An Hạ, Tân Lập*
_LEVELS = "tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn"
_OWNERS = (
    rf"(?:(?:, |và )(?:{_LEVELS}) )*"
    r"(?:(?:v:under |của |ở |tại |trong |trên )(?:# (?:M|P|K) |(?=[PUYK] ))"
    r"(?:(?![#;:()]|giảm |tăng |còn |có |nay |đã |sẽ |được |v:(?!under ))\S+ ){0,12}?)?"
)
# units and posts by their names, or so many of something else: có Văn phòng, Thanh tra và; có 35 lớp, 1.204 học sinh và
_OTHER = rf"# (?:(?![#,;:()]|{_STOPS}|với |ở |tại )\S+ ){{1,4}}(?:(?:ở |tại )# (?:(?![#,;:()]|{_STOPS})\S+ ){{1,3}})?"
# how large a place is: 760,34 km2 diện tích tự nhiên; quy mô dân số 7.914 người
_SIZE = (
    r"(?:# (?:km2|km²|ha|héc ta) (?:(?![#,;:()])\S+ ){0,6}"
    r"|(?:tổng )?(?:diện tích|quy mô|qui mô|dân số) (?:(?![#,;:()])\S+ ){0,6}# (?:M |[^\s#,;:()]+ ){1,2})"
)
_LISTED = rf"(?:(?:[UKYC] (?:v:under )?|{_SIZE}|{_OTHER})(?:, và |[,;] |và |với |cùng với |cùng )){{1,8}}"
_WHOSE = r"(?:khối|ngành|cấp|bậc|tuyến|lĩnh vực|nhóm|P|U|K|Y) (?:(?![#,;:()]|v:|giảm |tăng |còn |có )\S+ ){0,5}"

_SPANS = {"...": _FAR, "TAIL": _OBJECT, "END": _END, "LISTED": _LISTED, "WHOSE": _WHOSE}


def about_words() -> str:
    """The words before a number that is not exact, and those of bounds, as a regular expression."""
    return "|".join(word.replace("_", " ") for word in figure_data()["about"])


def _compiled(text: str) -> re.Pattern[str]:
    """The pattern with its numbers as groups n1, n2 and its nouns as m1, m2."""
    about = _ABOUT.format(words=about_words())
    count = {"n": 0, "m": 0}
    parts: list[str] = []
    for part in _with_words(text).split():
        number = _NUMBERS.get(part)
        if number is not None:
            count["n"] += 1
            parts.append(rf"{about}(?P<n{count['n']}>{number} ){_REMARK}")
        elif part in ("M", "M?", "M~", "M~?"):
            count["m"] += 1
            noun = rf"(?P<m{count['m']}>M ){_REMARK}{_TAIL + _WHEN if '~' in part else ''}"
            parts.append(f"(?:{noun})?" if part.endswith("?") else noun)
        elif part in ("B", "B~"):
            count["m"] += 1
            noun = rf"(?P<m{count['m']}>[MUKY] ){_REMARK}"
            parts.append(f"{noun}{_TAIL}{_OWNERS}" if part == "B~" else noun)
        elif part in _SPANS:
            parts.append(_SPANS[part])
        else:
            parts.append(expression_of_part(part))
    return re.compile(r"(?<!\S)" + "".join(parts))


def _with_words(text: str) -> str:
    for name, words in figure_data()["words"].items():
        text = re.sub(rf"(?<=[(|]){name}(?=[|)])", "|".join(words), text)
        text = re.sub(rf"(?<!\S){name}(?=\??(?:\s|$))", f"({'|'.join(words)})", text)
    return text


# the units that were only counted are named behind it: 2 Phòng: Phòng A, Phòng B
_NAMED = r": |#|U |K |, U |và U "
_NEW_STATEMENT = (
    r"(?!(?:đã |đang |chưa |được |bị |chỉ |hiện |nay |v:called |có )?"
    r"(?:giảm|xuống|còn|thành|tăng|hoàn|thực|có|bố|triển|v:(?!under |called |from_old )\S+) )"
)


@lru_cache(maxsize=3)
def _further(direction: str) -> re.Pattern[str]:
    """One more of the same, behind a comma or và; behind a semicolon only where nothing is said of it alone. What
    there is may be followed by its own change: có 9 huyện; 173 xã, giảm 7 xã."""
    about = "|".join(word for word in about_words().split("|") if word not in ("có", "là", "v:called"))
    number = rf"{_ABOUT.format(words=about)}(?P<n1>#[/%]? ){_REMARK}{_OF}(?P<m1>M |[UK] (?!{_NAMED}))"
    alone = rf"{_TAIL}(?=[,;.)] |và |\Z)"
    # it has a change of its own: 80 phòng, giảm 15 phòng; 12 chi cục và tương đương, giảm 3
    change = r"#[/%]? M (?:[^,;.: ]+ ){0,4}, (?:giảm|tăng) "
    apart = rf"(?=#[/%]? [MUK] {alone})" + ("" if direction == "level" else f"(?!{change})")
    # what has no measure of its own may stand between: giảm 21 trường, 210 lớp, 34 lãnh đạo
    other = r"(?:(?:, |và )#[/%]? (?:(?![#,;:()]|và |[MUK] |giảm |tăng |còn |có )\S+ ){1,4})?"
    return re.compile(rf"{_OF}(?:M )?{_TAIL}{_TIE}{other}(?:(?:, và |, |và )(?!; )|; {apart}){number}{_NEW_STATEMENT}")


def _numbers_in(match: re.Match[str]) -> set[int]:
    """Where numbers stand in what was found, also those of whom it is: trước đây 2 sở có 14 phòng."""
    return {match.start() + found.start() for found in re.finditer(r"(?<!\S)#", match[0])}


def figure_matches(
    symbols: str, gives: Callable[[FigureRule, re.Match[str]], bool] = lambda rule, match: True
) -> Iterator[tuple[FigureRule, re.Match[str]]]:
    """What the rules find in a sentence; a number is used by the first rule that fits, and of which what it finds
    `gives` a figure."""
    if "#" not in symbols:
        return
    used: set[int] = set()
    for rule in figure_rules():
        at = 0
        while first := rule.pattern.search(symbols, at):
            match: re.Match[str] | None = first
            at = first.end() - 1
            while match is not None:
                numbers = {match.start(g) for g in match.re.groupindex if g.startswith("n") and match[g]}
                if numbers & used or not gives(rule, match):
                    at = first.start("n1") + 1
                    break
                used |= numbers | (_numbers_in(match) if rule.of_two_times else set())
                yield rule, match
                match = _further(rule.direction).match(symbols, match.end()) if rule.carries else None
