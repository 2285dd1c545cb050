"""The style: grey-safe colours, and overriding by the user."""

from itertools import pairwise
from pathlib import Path

import pytest

from graph.errors import UserError
from viz.style import load_style


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


SYSTEMS = ("party", "state", "front", "service", "enterprise", "community")


def test_systems_differ_in_grey_and_in_their_signs() -> None:
    systems = load_style().palettes["system"]
    greys = sorted(lightness(systems[code].fill) for code in SYSTEMS)
    assert all(b - a >= 9 for a, b in pairwise(greys)), greys
    assert len({systems[code].symbol for code in SYSTEMS}) == len(SYSTEMS)


def test_header_text_is_readable() -> None:
    for code, look in load_style().palettes["system"].items():
        light, dark = sorted((luminance(look.fill), luminance(look.ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, code


def test_people_have_colours_that_carry_white_numbers() -> None:
    for colour in load_style().people:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def test_a_file_overrides_single_keys(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("systems: {party: {fill: '#000000'}}\nbox: {pad_x: 12.5}\n", encoding="utf-8")
    style = load_style(own)
    assert style.palettes["system"]["party"].fill == "#000000" and style.palettes["system"]["party"].symbol == "star"
    assert style.box["pad_x"] == 12.5
    assert load_style().palettes["system"]["party"].fill != "#000000"


@pytest.mark.parametrize(
    ("text", "said"),
    [("colours: {}", "colours"), ("box: {pad_x: wide}", "pad_x"), ("box: [", "mine.yaml"), ("- a", "keys"),
     ("colour: {paper: 'white'}", "paper")],
)  # fmt: skip
def test_a_wrong_style_is_explained(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load_style(own)


def test_a_missing_style_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.yaml"):
        load_style(tmp_path / "nothing.yaml")
