"""How fast the page to explore is in a headless Chromium: file size, first drawing, frames a second while panning.

`python -m benchmarks.explorer 5000 20000`; the first drawing counts from the start of the page's script.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from queries.timeline.at import Days
from tests.viz.browser import Browser
from tests.viz.histories import ON, large
from viz.chart import Options
from viz.explorer.explorer import explorer

# pans for 90 frames; the answer is frames a second and the longest frame in ms
_PAN = """
new Promise((done) => {
  const { view } = bomay;
  const times = [];
  const step = (now) => {
    times.push(now);
    view.pan(times.length % 30 < 15 ? -9 : 9, times.length % 20 < 10 ? 5 : -5);
    if (times.length < 91) return requestAnimationFrame(step);
    const gaps = times.slice(1).map((time, n) => time - times[n]);
    done([Math.round(90000 / (times[90] - times[0])), Math.round(Math.max(...gaps))]);
  };
  requestAnimationFrame(step);
})
"""


_TIMES = 3  # the best counts: other programs can only slow it down


def measure(count: int, folder: Path) -> dict[str, object]:
    """The figures for a country of `count` units with everything open."""
    path = folder / f"{count}.html"
    content = explorer(Days(large(count)), ON, Options(), depth=99)
    path.write_bytes(content)
    found: dict[str, object] = {"units": count, "MB": round(len(content) / 1e6, 2)}
    with Browser() as browser:
        firsts = []
        for _ in range(_TIMES):
            browser.open(path)
            firsts.append(browser.js("Math.round(bomay.times.drawn - bomay.times.began) / 1000"))
        found["first drawing s"] = min(firsts)
        browser.js("new Promise((done) => setTimeout(done, 1000))")
        for name, scale in (("all in sight", 0), ("names", 0.45), ("text", 0.9)):
            inside = f"{{x: bomay.scene.width / 3, y: bomay.scene.height / 3, scale: {scale}}}"
            browser.js(f"bomay.view.look({inside if scale else 'bomay.view.fitted()'})")
            browser.js("new Promise((done) => setTimeout(done, 300))")
            found[f"frames/s, {name}"], found[f"longest frame ms, {name}"] = max(
                (browser.js(_PAN) for _ in range(_TIMES)), key=lambda run: (run[0], -run[1])
            )
    return found


def main() -> None:
    """Measure the sizes given on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        for count in map(int, sys.argv[1:] or ["5000", "20000"]):
            print(measure(count, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
