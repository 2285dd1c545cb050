"""What a person decided about proposals, and the file of facts that follows from it.

Decisions are JSON: {"facts": digest of the reviewed file, "decisions": {"units[3]": {"verdict": "accept"}}}.
The verdict is accept, reject or use; with accept `edit` gives columns their new values (empty: none), with use
`use` is the id that stands for the row from then on, in the graph or in the same file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import UserError
from loaders.headers import sheets
from loaders.review.proposals import Proposal, Proposals, Row, name_of

VERDICTS = ("accept", "reject", "use")
# what says something of another row only, and goes with it
_GOES_ALONG = ("evidence", "citations", "transfers")
# the row that a row was read from and is nothing without: what an event hands over
_WITH = "#with"
_EVIDENCE = ("document", "at", "basis", "quote")
_LISTED = 20


@dataclass(frozen=True)
class Decision:
    """What was decided about one row."""

    verdict: str
    use: str = ""
    edit: dict[str, str] = field(default_factory=dict)


@dataclass
class Accepted:
    """The rows to be loaded, and how many were decided how."""

    sheets: dict[str, list[Row]]
    rejected: int = 0
    edited: int = 0
    replaced: int = 0
    undecided: int = 0
    dropped: list[str] = field(default_factory=list)  # rows that went with one that was rejected


def read_decisions(path: Path, proposals: Proposals) -> dict[str, Decision]:
    """The decisions by the keys of the rows.

    Raises:
        UserError: not such a file, or of another file of facts.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError(f"{path}: there is no such file") from error
    except (ValueError, OSError, RecursionError) as error:
        raise UserError(f"{path.name}: not a file of decisions: {error}", "save it from the page again") from error
    if not isinstance(content, dict) or not isinstance(content.get("decisions"), dict):
        raise UserError(f"{path.name}: no decisions in it", "save it from the page that `bomay review -o` writes")
    if content.get("facts") != proposals.digest:
        raise UserError(
            f"{path.name}: these decisions are about another file than {proposals.file}",
            "give the file that was reviewed, unchanged; the rows are counted in it",
        )
    return {key: _decision(path.name, key, said, proposals) for key, said in content["decisions"].items()}


def draft(proposals: Proposals, uses: dict[str, str]) -> str:
    """A file of decisions that takes ids of the graph for rows, by their keys, and decides nothing else."""
    said = {key: {"verdict": "use", "use": use} for key, use in uses.items()}
    content = {"facts": proposals.digest, "file": proposals.file, "decisions": said}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _decision(file: str, key: str, said: Any, proposals: Proposals) -> Decision:
    proposal = proposals.by_key.get(key)
    if proposal is None:
        raise UserError(f"{file}: {proposals.file} has no row {key[:60]}")
    if not isinstance(said, dict) or said.get("verdict") not in VERDICTS:
        raise UserError(f"{file}: {key}: the verdict is one of {', '.join(VERDICTS)}")
    edit, use = said.get("edit") or {}, said.get("use") or ""
    columns = {**sheets()[proposal.sheet].columns}
    if not isinstance(edit, dict) or not all(isinstance(value, str) for value in edit.values()):
        raise UserError(f"{file}: {key}: edit is a mapping from column to text")
    unknown = sorted(set(edit) - set(columns))
    if unknown:
        raise UserError(f"{file}: {key}: {proposal.sheet} has no column {unknown[0]}", f"allowed: {', '.join(columns)}")
    if not isinstance(use, str) or (said["verdict"] == "use") != bool(use):
        raise UserError(f"{file}: {key}: `use` is the id to take instead, with the verdict use only")
    if use and (not proposal.id and proposal.sheet not in ("places", "documents")):
        raise UserError(f"{file}: {key}: rows of {proposal.sheet} without an id have no other in their place")
    return Decision(said["verdict"], use, edit)


def apply(
    proposals: Proposals, decisions: dict[str, Decision], *, drop: bool = False, only_accepted: bool = False
) -> Accepted:
    """The rows that were not rejected, edited and with what stands for others put in their place.

    `drop` leaves out what refers to a rejected row, `only_accepted` also leaves out what was not decided.

    Raises:
        UserError: rows refer to rejected ones; each is named.
    """
    done = Accepted({})
    out = {p.key for p in proposals.all if _is_out(decisions.get(p.key), only_accepted)}
    done.rejected = sum(decision.verdict == "reject" for decision in decisions.values())
    done.undecided = sum(p.key not in decisions for p in proposals.all)
    depending = _depending(proposals, out, decisions)
    refused = {key: why for key, why in depending.items() if not _goes_along(proposals.by_key[key])}
    if refused and not drop:
        listed = [f"  {key} {name_of(proposals.by_key[key])[:60]}: {why}" for key, why in refused.items()]
        more = [f"  and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
        raise UserError(
            "\n".join([f"{len(refused)} rows refer to rows that were left out:", *listed[:_LISTED], *more]),
            "reject or edit these too, or leave them all out with --drop",
        )
    done.dropped = list(depending)
    instead = _instead(proposals, decisions)
    for proposal in proposals.all:
        decision = decisions.get(proposal.key)
        if proposal.key in out or proposal.key in depending:
            continue
        if decision is not None and decision.use:
            done.replaced += 1
            _add_evidence(done, proposal, decision.use, proposals, instead)
            continue
        done.edited += bool(decision and decision.edit)
        done.sheets.setdefault(proposal.sheet, []).append(_row(proposal, decision, proposals, instead))
    return done


def to_yaml(rows: dict[str, list[Row]]) -> str:
    """The rows as YAML, sheet by sheet in the order of the workbook."""
    import yaml

    class Plain(yaml.SafeDumper):
        """Writes a list out wherever it stands: `bomay load` takes no anchors and aliases."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    ordered = {name: rows[name] for name in sheets() if rows.get(name)}
    text: str = yaml.dump(ordered, Dumper=Plain, allow_unicode=True, sort_keys=False, width=200)
    return text


def _is_out(decision: Decision | None, only_accepted: bool) -> bool:
    return decision.verdict == "reject" if decision is not None else only_accepted


def _goes_along(proposal: Proposal) -> bool:
    return proposal.sheet in _GOES_ALONG or _WITH in proposal.row


def _depending(proposals: Proposals, out: set[str], decisions: dict[str, Decision]) -> dict[str, str]:
    """Rows that refer to rows that are out, directly or by others, with what they refer to."""
    gone, found = set(out), dict[str, str]()
    while True:
        new = {}
        for proposal in proposals.all:
            decision = decisions.get(proposal.key) or Decision("accept")
            if proposal.key in gone or decision.use:
                continue
            for column, text in proposal.references():
                meant = None if column in decision.edit else proposals.meant(proposal.sheet, column, text)
                if meant is not None and meant.key in gone:
                    new[proposal.key] = f"{column} {name_of(meant)[:60]} ({meant.key})"
                    break
            source = _row_with_id(proposals, str(proposal.row[_WITH])) if _WITH in proposal.row else None
            if source is not None and source.key in gone and proposal.key not in decisions:
                new[proposal.key] = f"{name_of(source)[:60]} ({source.key})"
        if not new:
            return found
        found |= new
        gone |= set(new)


def _instead(proposals: Proposals, decisions: dict[str, Decision]) -> dict[str, str]:
    """By the key of a row, how it is referred to from now on, where that is another way than before."""
    found = {key: decision.use for key, decision in decisions.items() if decision.use}
    for key, use in list(found.items()):
        seen = {key}
        # one that is replaced by one that is replaced
        while (further := _row_with_id(proposals, use)) is not None and further.key in found:
            if further.key in seen:
                raise UserError(f"{key}: rows stand for each other in a circle")
            seen.add(further.key)
            use = found[further.key]
        found[key] = use
    for key, decision in decisions.items():
        proposal = proposals.by_key[key]
        renamed = decision.edit.get("name") or decision.edit.get("number")
        if renamed:
            found[key] = proposal.id or renamed
    return found


def _row_with_id(proposals: Proposals, id_: str) -> Proposal | None:
    return next((p for p in proposals.all if p.id == id_), None)


def _row(proposal: Proposal, decision: Decision | None, proposals: Proposals, instead: dict[str, str]) -> Row:
    """The row as it is to be loaded."""
    row = {name: value for name, value in proposal.row.items() if not name.startswith("#")}
    for column, _ in proposal.references():
        value = row[column]
        texts = value if isinstance(value, list) else [value]
        changed = [_reference(proposals, proposal, column, str(text), instead) for text in texts]
        row[column] = changed if isinstance(value, list) else changed[0]
    for column, text in (decision.edit if decision else {}).items():
        value = _typed(proposal.row.get(column), sheets()[proposal.sheet].columns[column].type, text)
        if value in ("", []):
            row.pop(column, None)
        else:
            row[column] = value
    return row


def _reference(proposals: Proposals, proposal: Proposal, column: str, text: str, instead: dict[str, str]) -> str:
    meant = proposals.meant(proposal.sheet, column, text)
    return instead.get(meant.key, text) if meant is not None else text


def _typed(before: object, type_: str, text: str) -> Any:
    """The text as the column has its values; what does not fit is left for `bomay load` to refuse."""
    text = text.strip()
    if isinstance(before, list) or type_ in ("list", "refs"):
        return [part.strip() for part in text.split(";") if part.strip()]
    if type_ in ("int", "number") and text:
        try:
            return int(text) if type_ == "int" else float(text)
        except ValueError:
            return text
    return text


def _add_evidence(done: Accepted, proposal: Proposal, use: str, proposals: Proposals, instead: dict[str, str]) -> None:
    """What a replaced row was found in is further evidence of what stands for it."""
    if not proposal.row.get("document") or proposal.label not in sheets()["evidence"].columns["fact"].to:
        return
    source = _row(proposal, None, proposals, instead)
    row: Row = {"fact": instead[proposal.key], **{name: source[name] for name in _EVIDENCE if source.get(name)}}
    done.sheets.setdefault("evidence", []).append(row)
