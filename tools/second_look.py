"""A second look at figures, without seeing the first reader's answer.

    python tools/second_look.py ask --kind procedure --area nose > sheet.yaml    # sentences with their numbers blanked
    python tools/second_look.py take sheet.yaml                                  # the filled sheet -> data/confirmed/sheet.yaml

`ask` prints what is asked and where the first reader looked; read there, or better in another source (add it to data/sources/ first).
`take` compares what was found with the records itself and writes the ledger; it writes nothing while a line of the sheet is faulty.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from gillies.knowledge.confirmed import agrees, levels
from gillies.knowledge.figures import BLANK, Figure, blanked, figures, numbers, plain, prefixes
from gillies.knowledge.lint import records
from gillies.knowledge.load import DATA, read
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Confirmation, Policy, Procedure

HEAD = f"""# For each {BLANK} of `asked`, in order, write what your source says into `found: [ ]`, as numbers in the unit of the question (a day as
# 2026-11-21); `found: not-found` where no source says. `cites: ["source-id @ place in it"]` is where you read it; `note` is free.
# Lines left as they are count as not looked up.
"""
NOT_FOUND = "not-found"


def main(argv: list[str] | None = None) -> int:
    """Runs `ask` or `take`; 0 done, 2 a faulty sheet or nothing to ask."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = top.add_subparsers(dest="verb", required=True)
    ask = verbs.add_parser("ask")
    ask.add_argument("--kind", default="", help="procedure, policy, law, board, pathway …")
    ask.add_argument("--area", default="", help="an area of procedures (nose, breast …): their records and their policies")
    ask.add_argument("--record", default="", help="one id")
    ask.add_argument("--level", default="one look", help="one look, unverified, disputed, or two looks for a third")
    take = verbs.add_parser("take")
    take.add_argument("sheet", type=Path)
    take.add_argument("--on", default=date.today(), type=date.fromisoformat, help="the day of the reading")
    take.add_argument("--data", default=DATA, type=Path, help="the knowledge to write to")
    told = top.parse_args(argv)
    if told.verb == "take":
        return _take(told.sheet, told.on, told.data)
    knowledge = read()[0]
    asked = list(select(knowledge, told.kind, told.area, told.record))
    held = levels(asked, knowledge.confirmed)
    chosen = [figure for figure in asked if held[figure.address] == told.level]
    print(sheet(chosen, knowledge), end="")
    print(f"{len(chosen)} questions", file=sys.stderr)
    return 0 if chosen else 2


def select(knowledge: Knowledge, kind: str = "", area: str = "", record: str = "") -> Iterator[Figure]:
    """The figures of a kind of record, an area of procedures, one record; of all where nothing is given."""
    listed = [(file, key, held) for file, key, held in records(knowledge) if record in ("", key) and (not area or area in _areas(held, knowledge))]
    return (figure for figure in figures(listed) if kind in ("", figure.kind))


def _areas(record: object, knowledge: Knowledge) -> set[str]:
    if isinstance(record, Policy):
        return {knowledge.procedures[key].area for key in record.procedures if key in knowledge.procedures}
    return {record.area} if isinstance(record, Procedure) else set()


def sheet(asked: list[Figure], knowledge: Knowledge) -> str:
    """Questions as YAML ready to be filled in; nothing in it tells the record's own numbers."""
    listed = [*records(knowledge)]
    names = dict(zip(prefixes(listed), (_title(record) for _, _, record in listed), strict=True))
    rows = [_question(figure, names["/".join(figure.address.split("/")[:2])], knowledge) for figure in asked]
    return HEAD + "".join("\n" + yaml.safe_dump([row], sort_keys=False, allow_unicode=True, width=1000) for row in rows)


def _title(record: object) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", "") or getattr(record, "code", ""))


def _question(figure: Figure, record: str, knowledge: Knowledge) -> dict[str, Any]:
    sources = [knowledge.sources[key] for key in dict.fromkeys(cite.partition(" @ ")[0] for cite in figure.cites) if key in knowledge.sources]
    sentence = {} if figure.asked == blanked(figure.say) else {"sentence": blanked(figure.say)}
    return {
        "figure": figure.address,
        "record": _hidden(record, figure),
        "asked": figure.asked,
        **sentence,
        "read_in": [f"{source.id}: {_hidden(source.title, figure)}. {source.publisher}. {source.read_at or source.url}" for source in sources],
        "found": [],
        "cites": [],
        "note": "",
    }


def _hidden(title: str, figure: Figure) -> str:
    """A title; blanked where it holds a number of the answer."""
    return blanked(title) if {f"{number.value:.15g}" for number in numbers(title)} & set(figure.values) else title


def entries(rows: list[dict[str, Any]], knowledge: Knowledge, on: date) -> tuple[list[Confirmation], list[str]]:
    """The ledger entries of a filled sheet, and what is wrong with the rest of it. Rows without an answer are passed over."""
    known = {figure.address: figure for figure in figures(records(knowledge))}
    made: list[Confirmation] = []
    wrong: list[str] = []
    for row in rows:
        address, found = row.get("figure", ""), row.get("found") or []
        cites, note = tuple(row.get("cites") or ()), str(row.get("note") or "")
        if found == []:
            continue
        if found == NOT_FOUND:
            made.append(Confirmation(figure=address, verdict="not-found", looked_up=on, cites=cites, note=note))
            continue
        values = tuple(value if isinstance(value, float) else str(value) for value in (found if isinstance(found, list) else [found]))
        fault = _fault(known.get(address), values, cites, knowledge)
        if fault:
            wrong.append(f"{address}: {fault}")
            continue
        made.append(
            Confirmation(figure=address, verdict="agree" if agrees(known[address], values) else "differs", looked_up=on, found=values, cites=cites, note=note)
        )
    return made, wrong


def _fault(figure: Figure | None, found: tuple[str | float, ...], cites: tuple[str, ...], knowledge: Knowledge) -> str:
    """What is wrong with an answer, or nothing."""
    if figure is None:
        return "no figure has this address; ask anew."
    if len(found) != len(figure.values):
        return f"wants {len(figure.values)} values, one for each {BLANK}, and has {len(found)}."
    unknown = [cite for cite in cites if cite.partition(" @ ")[0] not in knowledge.sources or not cite.partition(" @ ")[2].strip()]
    if unknown or not cites:
        return f"write `cites: [source-id @ place]` with a source of data/sources/; got {', '.join(unknown) or 'none'}."
    return ""


def _take(path: Path, on: date, data: Path) -> int:
    knowledge = read(data)[0]
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    made, wrong = entries(rows, knowledge, on)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 2
    known = {figure.address: figure for figure in figures(records(knowledge))}
    for entry in made:
        if entry.verdict == "differs":
            print(f"differs: {entry.figure}: ours {', '.join(known[entry.figure].values)}, found {', '.join(map(plain, entry.found))}. {entry.note}")
    held = set(map(_key, knowledge.confirmed.values()))
    write(data / "confirmed" / f"{path.stem}.yaml", [entry for entry in made if _key(entry) not in held])
    print(f"{len(made)} looked up: " + ", ".join(f"{verdict} {sum(e.verdict == verdict for e in made)}" for verdict in ("agree", "differs", NOT_FOUND)))
    return 0


def _key(entry: Confirmation) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What makes an entry the same as one already in the ledger."""
    return entry.figure, tuple(map(plain, entry.found)), entry.cites


def write(path: Path, made: list[Confirmation]) -> None:
    """Adds the entries to a file of the ledger, one line each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        for entry in made:
            row = msgspec.to_builtins(entry) | {"looked_up": entry.looked_up}
            if entry.found:
                row["found"] = [_as_number(plain(value)) for value in entry.found]
            out.write("- " + yaml.safe_dump(row, default_flow_style=True, sort_keys=False, allow_unicode=True, width=100_000))


def _as_number(value: str) -> float | int | str:
    """`3` and `3.5` as numbers, a day as it is."""
    try:
        return int(value) if value.lstrip("-").isdigit() else float(value)
    except ValueError:
        return value


if __name__ == "__main__":
    sys.exit(main())
