"""Who gives what is handed over, where another change of the sentence or the one before names the unit."""

from __future__ import annotations

import re
from itertools import pairwise

from graph.vocabulary import label
from loaders.reading.facts import Fact
from loaders.reading.items import Sentence
from loaders.reading.known import Known
from loaders.reading.modality import DONE, PLANNED


def givers(made: list[Fact]) -> None:
    """What is handed over behind a dissolution in the same sentence was the dissolved unit's; a second hand-over
    that names no giver is by that of the first."""
    made = sorted(made, key=lambda fact: fact.evidence.start)
    for before, fact in pairwise(made):
        a, b = before.values, fact.values
        if a["kind"] == b["kind"] == "transfer" and a["inputs"] and not b["inputs"] and b["outputs"] != a["inputs"]:
            b["inputs"] = a["inputs"]  # chuyển nhiệm vụ A từ Sở B sang Sở C; chuyển nhiệm vụ D sang Sở E
            b["title"] = event_title(b["kind"], b["inputs"], b["outputs"], "")
    dissolved = [fact for fact in made if fact.values["kind"] == "dissolve"]
    for fact in made if len(dissolved) == 1 else ():
        behind = dissolved[0].evidence.start < fact.evidence.start
        if fact.values["kind"] == "transfer" and fact.values["inputs"] == dissolved[0].values["inputs"]:
            _not_before(fact, dissolved[0])
        if behind and fact.values["kind"] == "transfer" and not fact.values["inputs"]:
            fact.values["inputs"] = dissolved[0].values["inputs"]
            fact.values["title"] = event_title("transfer", fact.values["inputs"], fact.values["outputs"], "")


def _not_before(fact: Fact, dissolved: Fact) -> None:
    """What a unit leaves behind is not handed over while its end is only planned."""
    if dissolved.values["status"] in PLANNED and fact.values["status"] == DONE:
        fact.values["status"] = dissolved.values["status"]


def with_absorption(fact: Fact, made: list[Fact]) -> bool:
    """Whether what is handed over is only what goes along with units that the taker absorbs."""
    values = fact.values
    if values["kind"] != "transfer" or values["inputs"]:
        return False
    return any(each.values["kind"] == "absorb" and each.values["outputs"] == values["outputs"] for each in made)


_OF_IT = re.compile(
    r"(?:chức năng|nhiệm vụ|nhân sự|tài sản)\b[^.;]{0,40}?"
    r" của (?:(?:các|hai|ba|cả hai|2|3|02|03) )?"
    r"(?:phòng|sở|ban|chi cục|trung tâm|cơ quan|đơn vị|quỹ|trường|trạm|hạt|đội)"
    r"(?: này| cũ| nói trên)? (?:được|sẽ|đã|chuyển|giao)"
    r"|\A\W*(?:toàn bộ |các )?(?:chức năng|nhiệm vụ)(?:, nhiệm vụ|, quyền hạn)*(?: quản lý nhà nước)? "
    r"(?:này )?(?:được|sẽ|đã|chuyển|giao)",
    re.I,
)


def giver_before(made: list[Fact], found: list[Fact], sentence: Sentence) -> None:
    """What "nhiệm vụ của phòng này" is handed over was that of the one unit that the sentence before dissolves; what
    "nhiệm vụ của hai phòng" is, of the several."""
    open_ones = [fact for fact in made if fact.values["kind"] == "transfer" and not fact.values["inputs"]]
    if not open_ones or _OF_IT.search(sentence.text()) is None:
        return
    ended = [f for f in found if f.values["kind"] == "dissolve" and f.evidence.paragraph == sentence.paragraph.number]
    of_several = re.search(r"\bcủa (?:các|hai|ba|cả hai|\d+) ", sentence.text(), re.I) is not None
    fits = ended and (len(ended[-1].values["inputs"]) > 1) == of_several
    for fact in open_ones if fits else ():
        fact.values["inputs"] = ended[-1].values["inputs"]
        fact.values["title"] = event_title("transfer", fact.values["inputs"], fact.values["outputs"], "")


def event_title(kind: str, inputs: list[Known], outputs: list[Known], quote: str) -> str:
    """What the change is called: its kind with the units before and after; the words of the text where none are."""
    if not inputs and not outputs:
        return quote[:1].upper() + quote[1:200]
    said = label("event_kinds", kind)
    before, after = "; ".join(u.name for u in inputs), "; ".join(u.name for u in outputs)
    title = f"{said[:1].upper()}{said[1:]}: {before or after}"
    return f"{title} → {after}" if before and after else title
