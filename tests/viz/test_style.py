"""The style: colours that can be told apart in grey and by the colour-blind, and overriding by the user."""

import re
from itertools import combinations, pairwise
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


# what people without one kind of cone see, in linear RGB (Machado, Oliveira and Fernandes 2009)
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, kind: str) -> tuple[float, float, float]:
    """CIE Lab of a colour as people with that kind of colour-blindness see it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0), 1) for row in BLINDNESS[kind])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


SYSTEMS = ("party", "state", "front", "service", "enterprise", "community")


def test_systems_differ_in_grey_and_in_their_signs() -> None:
    systems = load_style().palettes["system"]
    greys = sorted(lightness(systems[code].fill) for code in SYSTEMS)
    assert all(b - a >= 9 for a, b in pairwise(greys)), greys
    assert len({systems[code].symbol for code in SYSTEMS}) == len(SYSTEMS)


@pytest.mark.parametrize("name", ["system", "status", "level"])
def test_colours_of_a_palette_differ_in_grey(name: str) -> None:
    greys = sorted(lightness(look.fill) for code, look in load_style().palettes[name].items() if code != "other")
    assert all(b - a >= 9 for a, b in pairwise(greys)), greys


@pytest.mark.parametrize("name", ["system", "status", "level"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_colours_of_a_palette_differ_for_the_colour_blind(name: str, kind: str) -> None:
    looks = load_style().palettes[name]
    for a, b in combinations([code for code in looks if code != "other"], 2):
        one, other = seen(looks[a].fill, kind), seen(looks[b].fill, kind)
        assert sum((p - q) ** 2 for p, q in zip(one, other, strict=True)) ** 0.5 >= 15, (a, b)


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["system", "status", "level", "change"])
def test_header_text_is_readable(name: str) -> None:
    for code, look in load_style().palettes[name].items():
        assert contrast(look.fill, look.ink) >= 4.5, code


def test_text_in_boxes_and_signs_is_readable() -> None:
    style = load_style()
    for key in ("ink", "quiet", "pale", "vacant"):
        assert contrast(style.colour[key], style.colour["body"]) >= 4.5, key
        assert contrast(style.colour[key], style.colour["footer"]) >= 4.3, key
    assert contrast(style.colour["finding"], "#ffffff") >= 4.5
    for kind in ("serves", "party", "face"):
        assert contrast(style.connectors[kind].colour, "#ffffff") >= 4.5, kind


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
    [("colours: {}", "colours"), ("box: {pad_x: wide}", "box: pad_x"), ("box: [", "mine.yaml"), ("- a", "keys"),
     ("colour: {paper: 'white'}", "colour: paper"), ("systems: {party: {fill: 12}}", "systems: party: fill"),
     ("systems: {party: {symbol: heart}}", "symbol is 'heart'.*star"), ("text: {name: {size: 0}}", "text: name: size"),
     ("text: {name: {face: comic}}", "text: name: face"), ("box: {pad_x: -1}", "pad_x is -1"),
     ("box: {pad_x: .nan}", "pad_x is nan"), ("box: {pad_x: yes}", "pad_x is True"),
     ("lines: {name: 1.5}", "lines: name"), ("lines: {name: 0}", "lines: name"), ("most: {people: 0}", "most: people"),
     ("connectors: {people: []}", "people"), ("connectors: {people: [red]}", "people: item 1"),
     ("connectors: {party: {dash: [3]}}", "party: dash"), ("connectors: {party: {dash: [a, 1]}}", "dash: item 1"),
     ("aside: {office: van_phong}", "aside: office"), ("box: 3", "box: keys")],
)  # fmt: skip
def test_a_wrong_style_is_explained(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load_style(own)
    assert re.search(said, str(error.value), re.DOTALL)


def test_a_missing_style_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.yaml"):
        load_style(tmp_path / "nothing.yaml")
