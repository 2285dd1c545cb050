"""Every rule finds its example and leaves its counterexample alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from loaders.reading.document import Paragraph
from loaders.reading.figure_rules import figure_matches, figure_rules
from loaders.reading.items import Sentence
from loaders.reading.named_rules import NamedRule, TextRule, named_rules
from loaders.reading.principles import PrincipleRule, principle_rules, principles_in
from loaders.reading.prose_functions import function_rules, functions_in
from loaders.reading.rules import matches, rules
from loaders.reading.scan import scan_paragraph
from loaders.reading.ties import tie_matches, tie_rules

Given = Iterator[tuple[str, str]]  # names of rules with what is found by them


def given(text: str, find: Callable[[Sentence], Given]) -> list[tuple[str, str]]:
    return [found for sentence in scan_paragraph(Paragraph(1, 0, len(text), text)) for found in find(sentence)]


def changes(sentence: Sentence) -> Given:
    yield from ((rule.name, match[0]) for rule, match in matches(sentence.symbols))


def figures(sentence: Sentence) -> Given:
    yield from ((rule.name, match[0]) for rule, match in figure_matches(sentence.symbols))


def ties(sentence: Sentence) -> Given:
    yield from ((rule.name, match[0]) for rule, match in tie_matches(sentence.symbols))


def functions(sentence: Sentence) -> Given:
    yield from ((stated.rule.name, stated.text) for stated in functions_in(sentence))


def principles(sentence: Sentence) -> Given:
    yield from ((evidence.rule, values["name"]) for values, evidence in principles_in(sentence))


KINDS: dict[Callable[[], tuple[NamedRule, ...]], Callable[[Sentence], Given]] = {
    rules: changes,
    figure_rules: figures,
    tie_rules: ties,
    function_rules: functions,
    principle_rules: principles,
}


@pytest.mark.parametrize(
    ("rule", "find"), [pytest.param(rule, find, id=rule.name) for listed, find in KINDS.items() for rule in listed()]
)
def test_a_rule_finds_its_example_and_not_its_counterexample(
    rule: NamedRule, find: Callable[[Sentence], Given]
) -> None:
    assert rule.name in [name for name, _ in given(rule.example, find)]
    assert rule.name not in [name for name, _ in given(rule.counter, find)]
    if isinstance(rule, TextRule):
        assert (rule.name, rule.gives) in given(rule.example, find)


@pytest.mark.parametrize("listed", KINDS)
def test_names_are_given_once(listed: Callable[[], tuple[NamedRule, ...]]) -> None:
    names = [rule.name for rule in listed()]
    assert len(names) == len(set(names)) > 5


@pytest.mark.parametrize("row", [{"exampel": "Sở A."}, {}], ids=["unknown", "missing"])
def test_a_rule_has_the_columns_of_its_kind_and_no_others(row: dict[str, str]) -> None:
    columns = {"name": "a", "kind": "task", "pattern": "a", "example": "a", "gives": "a", "not": "b", "number": True}
    (rule,) = named_rules(PrincipleRule, [columns])
    assert (rule.name, rule.counter, rule.number) == ("a", "b", True)
    wrong = columns | row if row else {name: columns[name] for name in columns if name != "gives"}
    with pytest.raises(TypeError):
        named_rules(PrincipleRule, [wrong])


def test_one_sentence_three_changes() -> None:
    text = (
        "Sở đã sáp nhập phòng Bưu chính và phòng Viễn thông thành phòng Bưu chính - Viễn thông; "
        "giải thể phòng Pháp chế, chuyển chức năng, nhiệm vụ sang Thanh tra Sở."
    )
    assert sorted(name for name, _ in given(text, changes)) == ["dissolve", "merge-into-new", "transfer-of-dissolved"]
