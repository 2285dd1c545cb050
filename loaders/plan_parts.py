"""Parts of a plan's steps that become rows of their own: new units, their posts, appointments, transfers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.facts import fact_id
from graph.text import key
from graph.titles import parse_posts
from graph.vocabulary import title, unit_kind, unit_kind_of
from loaders.directory import Entry, Miss
from loaders.plan_base import Open, StepRows
from loaders.plan_file import Item, by_key, columns
from loaders.references import read_reference

ARROWS = ("→", "->", "=>")


class StepParts(StepRows):
    """Makes results, posts and transfers of a step."""

    # ------------------------------------------------------------------ results

    def results(self, step: Open, spec: Mapping[str, Any]) -> None:
        """What the step results in: new units with their posts, or units that are there."""
        item = step.raw.cells.get("result")
        if item is None or item.value is None:
            return
        written = item.value if isinstance(item.value, list) else [item]
        if isinstance(item.value, str):
            written = [Item(text.strip(), item.at) for text in item.value.replace("\n", ";").split(";") if text.strip()]
        self.count(step, "result", len(written), spec["results"])
        shared = {n: step.values[n] for n in columns("result") if step.values.get(n) is not None and n != "place"}
        for each in written:
            values = self._result_values(step, each)
            if values is None:
                continue
            if len(written) == 1:
                values = {**shared, **values}
            elif shared.keys() & {"staff_quota", "head", "short_name"}:
                message = f"step {step.raw.number}: with several results, say it at each of them"
                self.plan.problem(item.at, message, "write  kết quả: [{tên: …, biên chế: …}, …]")
                return
            else:
                values = {**{k: v for k, v in shared.items() if k in ("unit_kind", "parent", "deputies")}, **values}
            self._result(step, each, values, spec)

    def _result_values(self, step: Open, item: Item) -> dict[str, Any] | None:
        if not isinstance(item.value, dict):
            return {"name": str(item.value).strip()}
        cells = by_key(self.plan, "result", item.value, f"in a result of step {step.raw.number}")
        values = {name: self.value(columns("result")[name], cell, step.raw) for name, cell in cells.items()}
        if not values.get("name"):
            self.plan.problem(item.at, f"step {step.raw.number}: a result has no name (tên)")
            return None
        return values

    def _result(self, step: Open, item: Item, values: dict[str, Any], spec: Mapping[str, Any]) -> None:
        entry: Entry | None = None
        if spec.get("existing"):
            entry = self.unit(step, values["name"], item.at)
            if entry is None:
                return
        elif spec.get("either"):
            found = self.names.unit(values["name"], step.place, step.date)
            entry = found if isinstance(found, Entry) else None
        if entry is None:
            entry = self._new_unit(step, item, values)
        if entry is None:
            return
        step.outputs.append(entry)
        if values.get("staff_quota") is not None:
            self.quota(step, entry, values["staff_quota"])
        if values.get("head"):
            post = self.head_post(step, entry, item.at)
            self.appoint(step, values["head"], [post] if post else [], [], item.at)

    def _new_unit(self, step: Open, item: Item, values: dict[str, Any]) -> Entry | None:
        reference = read_reference(values["name"])
        kind = values.get("unit_kind") or unit_kind_of(reference.name)
        if not kind:
            message = f"step {step.raw.number}: the kind of unit cannot be told from {reference.name!r}"
            self.plan.problem(item.at, message, "say it: loại đơn vị (unit kind)")
            return None
        place = self._place_of_result(step, item, values.get("place") or reference.place)
        parent = values.get("parent") or reference.parent
        above = self.unit(step, parent, item.at) if parent else None
        common = {entry.parent for entry in step.inputs}
        known = above.id if above else common.pop() if len(common) == 1 else ""
        id_ = fact_id("unit", kind, key(reference.name), place, known, step.date.latest)
        entry = Entry("Unit", id_, reference.name, place, known)
        self.names.make(entry, [each.id for each in step.inputs])
        row = {"id": id_, "name": reference.name, "kind": kind, "place": place, "valid_from": str(step.date)}
        if above is not None:
            row["parent"] = above.id
            step.others.append(above.id)
        if values.get("short_name"):
            row["short_name"] = values["short_name"]
        self.row(step, "units", row)
        step.new.append(reference.name)
        if "positions" not in (step.values.get("moves") or ()):
            self.head_post(step, entry, item.at, kind)
        self._deputies(step, entry, kind, values.get("deputies"))
        return entry

    def _place_of_result(self, step: Open, item: Item, text: str) -> str:
        if text:
            found = self.names.directory.resolve(text, ["Place"])
            if isinstance(found, Entry):
                return found.id
            self.plan.problem(item.at, f"step {step.raw.number}: {found.message}", found.remedy)
        places = {entry.place for entry in step.inputs}
        return places.pop() if len(places) == 1 else step.place

    # ------------------------------------------------------------------ posts

    def head_post(self, step: Open, unit: Entry, at: str, kind: str = "") -> str | None:
        """The id of the unit's post of head, made where there is none."""
        kind = kind or unit_kind_of(unit.name) or ""
        heads = unit_kind(kind).heads if kind else ()
        for code in heads:
            known = self.names.post(unit.id, key(title(code).vi), step.date)
            if known:
                return known
        if not heads:
            self.plan.problem(at, f"step {step.raw.number}: what the head of {unit.name!r} is called is not known")
            return None
        return self._new_post(step, unit, title(heads[0]).vi, 1)

    def _deputies(self, step: Open, unit: Entry, kind: str, seats: int | None) -> None:
        codes = unit_kind(kind).deputies
        if not seats or not codes:
            return
        usual = next((code for code in codes if title(code).role == "deputy"), codes[-1])
        self._new_post(step, unit, title(usual).vi, seats)

    def _new_post(self, step: Open, unit: Entry, name: str, seats: int | None) -> str:
        id_ = fact_id("position", unit.id, key(name), step.date.latest)
        row: dict[str, Any] = {"id": id_, "title": name, "unit": unit.id, "valid_from": str(step.date)}
        if seats is not None:
            row["seats"] = seats
        self.row(step, "positions", row)
        self.names.add_post(unit.id, key(name), id_)
        return id_

    def posts(self, step: Open, name: str) -> list[str]:
        """The ids of the posts that a column names: as written, or as mappings of title and unit."""
        item = step.raw.cells.get(name)
        if item is None or item.value is None:
            return []
        written = item.value if isinstance(item.value, list) else [item]
        found: list[str] = []
        for each in written:
            text, owner = each.value, ""
            if isinstance(text, dict):
                text, owner = (_text(text, *spelled) for spelled in (("chức danh", "title"), ("đơn vị", "unit")))
            for post_title, unit in self._written_posts(step, str(text), owner, each.at):
                known = self.names.post(unit.id, key(post_title), step.date)
                found.append(known or self._new_post(step, unit, post_title, None))
                step.others.append(unit.id)
        return found

    def _written_posts(self, step: Open, text: str, owner: str, at: str) -> list[tuple[str, Entry]]:
        parsed = parse_posts(text.replace(";", ","))
        found: list[tuple[str, Entry]] = []
        if parsed.unknown or not parsed.posts:
            message = f"step {step.raw.number}: {text!r} is not understood as a post"
            self.plan.problem(at, message, "write title and unit: Giám đốc Sở Nội vụ; or {chức danh: …, đơn vị: …}")
            return found
        for post in parsed.posts:
            named = owner or post.unit_name or ""
            if not named:
                self.plan.problem(at, f"step {step.raw.number}: {post.raw!r} does not say of which unit")
                continue
            named += f" < {post.parent}" if post.parent and not owner else ""
            named += f" @ {post.place}" if post.place and not owner else ""
            unit = self.unit(step, named, at)
            if unit is not None:
                found.append((post.title, unit))
        return found

    def appoint(self, step: Open, text: str, posts: list[str], left: list[str], at: str) -> None:
        """A person gets posts and leaves others."""
        found = self.names.person(text, step.place)
        if isinstance(found, Miss):
            self.plan.problem(at, f"step {step.raw.number}: {found.message}", found.remedy)
            return
        person, new = found
        if new:
            self.row(step, "people", {"id": person, "name": text})
            self.new_people[person] = text
            near = self.names.nearest_person(text)
            self.notices.append(f"{self.plan.file} {at}: {text} is new to the graph{f'; {near}' if near else ''}")
        self.event(step, "appoint", [person, *left], posts, title=f"{text} giữ {len(posts)} chức danh")

    # ------------------------------------------------------------------ transfers

    def transfers(self, step: Open, event: str) -> None:
        """What the step hands over one by one."""
        wanted: list[tuple[str, str, str, str]] = []
        item = step.raw.cells.get("transfers")
        for each in _listed(item):
            if isinstance(each.value, dict):
                cells = by_key(self.plan, "transfer", each.value, f"in a transfer of step {step.raw.number}")
                what, giver, taker = (str(cells[n].value or "") if n in cells else "" for n in ("what", "from", "to"))
            else:
                arrow = next((a for a in ARROWS if a in str(each.value)), "")
                what, _, taker = str(each.value).partition(arrow) if arrow else (str(each.value), "", "")
                giver = ""
            wanted.append((what.strip(), giver, taker.strip(), each.at))
        if step.kind == "transfer":
            functions = step.raw.cells.get("functions")
            texts = step.values.get("functions") or []
            wanted += [(text, "", step.values.get("to") or "", functions.at) for text in texts if functions]
            if not wanted:
                message = f"step {step.raw.number}: nothing is transferred"
                self.plan.problem(step.raw.at, message, "say chức năng (functions) and về (to), or chuyển giao")
        for what, giver, taker, at in wanted:
            if not what or not taker:
                message = f"step {step.raw.number}: a transfer says what goes to whom"
                self.plan.problem(at, message, "write  'Công tác pháp chế → Thanh tra tỉnh'", what)
                continue
            self._transfer(step, event, what, giver, taker, at)

    def _transfer(self, step: Open, event: str, what: str, giver: str, taker: str, at: str) -> None:
        source = self.unit(step, giver, at) if giver else None
        target = self.unit(step, taker, at)
        givers = [source] if source else step.inputs
        if target is None or (giver and source is None):
            return
        found: str | Miss = self.names.function(what, [each.id for each in givers], step.date)
        if isinstance(found, Miss):
            unit = self.names.unit(what, step.place, step.date)
            if isinstance(unit, Miss):
                self.plan.problem(at, f"step {step.raw.number}: {found.message}", found.remedy)
                return
            found = unit.id
        row = {"event": event, "what": found, "to": target.id}
        if source is not None or len(givers) == 1:
            row["from"] = (source or givers[0]).id
        step.others += [target.id, *([source.id] if source else [])]
        self.row(step, "transfers", row)


def _listed(item: Item | None) -> list[Item]:
    """The items of a list; of a text, its parts at semicolons and line ends."""
    if item is None or item.value is None:
        return []
    if isinstance(item.value, list):
        return item.value
    if isinstance(item.value, dict):
        return [item]
    parts = str(item.value).replace("\n", ";").split(";")
    return [Item(part.strip(), item.at) for part in parts if part.strip()]


def _text(values: Mapping[str, Item], *names: str) -> str:
    return next((str(values[name].value or "") for name in names if name in values), "")
