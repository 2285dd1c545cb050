"""Charts as they were when somebody looked at them and found them good.

`python -m tests.viz.test_golden` writes them anew: then look at every picture before it is kept.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.viz import samples
from viz.chart import Options, model, sheet_of
from viz.drawing import Drawing
from viz.png import write_png

FOLDER = Path(__file__).parents[1] / "fixtures" / "charts"
GOLDEN = {
    "province": (samples.province, Options()),
    "department": (samples.department, Options(show=("heads", "deputies", "people", "staff", "quota", "vacant"))),
    "department-left-right": (samples.department, Options("en", layout="left-right", colour="status", fit="A4")),
    "department-stacked": (samples.department, Options(layout="stacked", show=("heads",))),
}
WIDTH = 600  # px of the pictures that are kept
# grey levels of 255: at the most in the mean of a block of 12 by 12 px, after a slight blur, which forgives
# a shift of less than a pixel and edges that another processor rounds otherwise
MOST = 6.0
BLOCK = 12


def described(drawing: Drawing) -> list[str]:
    """A line for each item, with numbers to a tenth of a px."""
    lines = [f"{drawing.width:.1f} {drawing.height:.1f} {drawing.title}"]
    for item in drawing.items:
        lines.append(f"{type(item).__name__} {json.dumps(_rounded(tuple(item)), ensure_ascii=False)}")
    return lines


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 1)
    return [_rounded(each) for each in value] if isinstance(value, tuple) else value


def picture(name: str) -> tuple[Drawing, Image.Image]:
    """The drawing, and its PNG as it is kept: grey, `WIDTH` px wide."""
    make, options = GOLDEN[name]
    structure = make()
    sheet = sheet_of(model(structure, options), structure.on, options)
    image = Image.open(io.BytesIO(write_png(sheet.drawing, sheet.page))).convert("L")
    return sheet.drawing, image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


def distance(one: Image.Image, other: Image.Image) -> float:
    """The largest difference of two blocks at the same place, in grey levels; 255 for other sizes."""
    if one.size != other.size:
        return 255.0
    blurred = [each.filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)]
    apart = ImageChops.difference(*blurred)
    blocks = apart.resize((-(-apart.width // BLOCK), -(-apart.height // BLOCK)), Image.Resampling.BOX)
    return float(max(blocks.tobytes()))


@pytest.mark.parametrize("name", GOLDEN)
def test_the_chart_is_as_it_was(name: str) -> None:
    drawing, image = picture(name)
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert described(drawing) == kept
    with Image.open(FOLDER / f"{name}.png") as before:
        assert distance(image, before) <= MOST


def test_what_is_seen_makes_a_distance() -> None:
    _, image = picture("department")
    moved = ImageChops.offset(image, 4, 0)
    assert distance(image, image) == 0
    assert distance(image, moved) > MOST
    spot = image.copy()
    spot.paste(0, (300, 200, 308, 208))
    assert distance(image, spot) > MOST
    assert distance(image, image.resize((WIDTH, image.height + 1))) == 255


def main() -> None:
    """Keep the charts as they are now."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in GOLDEN:
        drawing, image = picture(name)
        (FOLDER / f"{name}.txt").write_text("\n".join(described(drawing)) + "\n", encoding="utf-8")
        image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
