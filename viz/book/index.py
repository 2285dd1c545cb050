"""The indexes of a book: units in the order of the alphabet, and people with all their posts."""

from __future__ import annotations

from dataclasses import dataclass, field

from viz.book.columns import Heading, Listed
from viz.book.order import initial, order, person_order
from viz.labels import Labels
from viz.model import Box, Chart, Row


@dataclass
class Person:
    """Somebody on the chart: in each post, the title, the unit's id; `mark` is the number in the chart."""

    name: str
    mark: int = 0
    posts: list[tuple[str, str]] = field(default_factory=list)


def unit_index(chart: Chart, pages: dict[str, tuple[int, ...]]) -> list[Listed | Heading]:
    """Every unit with its pages: where it is drawn, then where its branch is."""
    boxes = chart.boxes
    units = sorted(boxes.values(), key=lambda box: (order(box.name), order(_above(box, boxes)), box.id))
    entries: list[Listed | Heading] = []
    letter = ""
    for box in units:
        if initial(box.name) != letter:
            letter = initial(box.name)
            entries.append(Heading(letter))
        entries.append(Listed(box.name, _above(box, boxes), pages[box.id]))
    return entries


def people(chart: Chart, labels: Labels) -> list[Person]:
    """Everybody in the boxes, each once: who is in several of them has a mark there."""
    marked: dict[int, Person] = {}
    found: list[Person] = []
    nobody = labels("no_holder")
    for box in chart.boxes.values():
        for rows in (box.rows, box.beside):
            for name, marks, title in _held(rows):
                if name == nobody:
                    continue
                person = marked.get(marks[0]) if marks else None
                if person is None:
                    person = Person(name, marks[0] if marks else 0)
                    found.append(person)
                    if marks:
                        marked[marks[0]] = person
                person.posts.append((title, box.id))
    return found


def person_index(
    everybody: list[Person], chart: Chart, labels: Labels, pages: dict[str, tuple[int, ...]]
) -> list[Listed | Heading]:
    """Everybody with the posts and their pages, by given names."""
    entries: list[Listed | Heading] = []
    letter = ""
    for person in sorted(everybody, key=lambda each: (person_order(each.name), each.mark, each.posts)):
        given = person.name.rpartition(" ")[2]
        if initial(given) != letter:
            letter = initial(given)
            entries.append(Heading(letter))
        posts = [(_post(title, chart.boxes[unit], labels), pages[unit][:1]) for title, unit in person.posts]
        if len(posts) == 1:
            entries.append(Listed(person.name, posts[0][0], posts[0][1], mark=person.mark))
            continue
        entries.append(Listed(person.name, mark=person.mark))
        entries += [Listed(post, "", where, sub=True) for post, where in posts]
    return entries


def _held(rows: list[Row]) -> list[tuple[str, tuple[int, ...], str]]:
    """(name, marks, title) of each person of a box: the title is in the row below the name."""
    held: list[tuple[str, tuple[int, ...], str]] = []
    for number, row in enumerate(rows):
        if row.style != "person" or row.struck:
            continue
        below = rows[number + 1] if number + 1 < len(rows) else None
        held.append((row.text, row.marks, below.text if below and below.style == "post" else ""))
    return held


def _post(title: str, box: Box, labels: Labels) -> str:
    if not title:
        return box.name
    # "Bí thư Tỉnh ủy" says its unit already
    return title if box.name.casefold() in title.casefold() else labels("post_of", title=title, unit=box.name)


def _above(box: Box, boxes: dict[str, Box]) -> str:
    return boxes[box.parent].name if box.parent is not None else ""
