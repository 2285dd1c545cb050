"""Every rule finds its example and leaves its counterexample alone."""

from __future__ import annotations

import pytest

from loaders.reading.document import Paragraph
from loaders.reading.figure_rules import FigureRule, figure_matches, figure_rules
from loaders.reading.items import Sentence
from loaders.reading.rules import Rule, matches, rules
from loaders.reading.scan import scan_paragraph
from loaders.reading.ties import TieRule, tie_matches, tie_rules


def _sentences(text: str) -> list[Sentence]:
    return list(scan_paragraph(Paragraph(1, 0, len(text), text)))


def _changes(text: str) -> list[str]:
    return [rule.name for sentence in _sentences(text) for rule, _ in matches(sentence.symbols)]


def _figures(text: str) -> list[str]:
    return [rule.name for sentence in _sentences(text) for rule, _ in figure_matches(sentence.symbols)]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rule_of_change(rule: Rule) -> None:
    assert rule.name in _changes(rule.example)
    assert rule.name not in _changes(rule.counter)


@pytest.mark.parametrize("rule", figure_rules(), ids=lambda rule: rule.name)
def test_rule_of_figure(rule: FigureRule) -> None:
    assert rule.name in _figures(rule.example)
    assert rule.name not in _figures(rule.counter)


def _ties(text: str) -> list[str]:
    return [rule.name for sentence in _sentences(text) for rule, _ in tie_matches(sentence.symbols)]


@pytest.mark.parametrize("rule", tie_rules(), ids=lambda rule: rule.name)
def test_rule_of_tie(rule: TieRule) -> None:
    assert rule.name in _ties(rule.example)
    assert rule.name not in _ties(rule.counter)


def test_names_are_given_once() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_one_sentence_three_changes() -> None:
    text = (
        "Sở đã sáp nhập phòng Bưu chính và phòng Viễn thông thành phòng Bưu chính - Viễn thông; "
        "giải thể phòng Pháp chế, chuyển chức năng, nhiệm vụ sang Thanh tra Sở."
    )
    assert sorted(_changes(text)) == ["dissolve", "merge-into-new", "transfer-of-dissolved"]
