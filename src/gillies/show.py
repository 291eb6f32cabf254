"""`gillies show`: any record, with its sources, for people and as JSON."""

import msgspec

from gillies.dates import told
from gillies.errors import InputError
from gillies.knowledge.confirmed import Ledger, Level, levels
from gillies.knowledge.figures import Figure, figures_of, prefixes, put_mark
from gillies.knowledge.lint import cites_in, records
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema import Record
from gillies.tell import span, worst_first_raw
from gillies.tell_figures import DIFFER, differing, tells_days
from gillies.terminal import Page, Style

CLOSE = 70
MOST_SUGGESTIONS = 4


def find(wanted: str, knowledge: Knowledge) -> list[tuple[str, Record]]:
    """(file, record) of every record with this id (or this name). Raises InputError with near misses when there is none."""
    key = wanted.strip().lower().replace(" ", "-")
    everything = [*records(knowledge), *((knowledge.files[f"source/{k}"], k, source) for k, source in knowledge.sources.items())]
    found = [(file, record) for file, name, record in everything if name.lower() == key or getattr(record, "name", "").lower() == wanted.strip().lower()]
    if found:
        return found
    from rapidfuzz.process import extract

    near = [name for name, score, _ in extract(key, {name for _, name, _ in everything}, limit=MOST_SUGGESTIONS) if score >= CLOSE]
    hint = f" Did you mean {', '.join(near)}?" if near else " `gillies show` lists what there is."
    raise InputError(f"no record is called {wanted!r}.{hint}")


def as_json(found: list[tuple[str, Record]], knowledge: Knowledge, ledger: Ledger) -> str:
    """The records as JSON, each with its file and its sources."""
    listed = [_plainly(name, file, record, knowledge, ledger) for name, (file, record) in zip(_names(found), found, strict=True)]
    return msgspec.json.format(msgspec.json.encode(listed), indent=2).decode() + "\n"


def _names(found: list[tuple[str, Record]]) -> list[str]:
    """The first part of the addresses of each record's figures."""
    return prefixes([(file, getattr(record, "id", ""), record) for file, record in found])


def _plainly(name: str, file: str, record: Record, knowledge: Knowledge, ledger: Ledger) -> dict[str, object]:
    """A record as plain data, with its file, the sources it cites, and what second readers found otherwise."""
    differ = [{"say": text, **msgspec.to_builtins(entry)} for text, entry in differing(figures_of(name, file, record), ledger)]
    cited = dict.fromkeys(cite.partition(" @ ")[0] for cite in (*cites_in(record), *(cite for row in differ for cite in row["cites"])))
    sources = {key: knowledge.sources[key] for key in cited if key in knowledge.sources}
    beside = {"sources": msgspec.to_builtins(sources), "differ": differ}
    return {"file": file, **msgspec.to_builtins(record), **{key: held for key, held in beside.items() if held}}


def as_text(found: list[tuple[str, Record]], knowledge: Knowledge, look: Style, ledger: Ledger) -> str:
    """The records as indented lines, cites as numbers, sources at the end. `ledger`: what second readers found."""
    page = Page(look)
    marks: dict[Level, str] = {"one look": look.sign("°", "*"), "unverified": look.sign("°°", "**"), "disputed": look.sign("‡", "!!")}
    seen: dict[Level, list[Figure]] = {}
    for name, (file, record) in zip(_names(found), found, strict=True):
        title = getattr(record, "name", "") or getattr(record, "title", "") or getattr(record, "id", "")
        page.head(f"{title}  ({file})")
        held = msgspec.json.decode(msgspec.json.encode(record))
        listed = figures_of(name, file, record)
        level_of = levels(listed, ledger)
        for figure in listed:
            level = level_of[figure.address]
            seen.setdefault(level, []).append(figure)
            put_mark(held, figure, marks.get(level, ""))
        _fields(page, held, 2)
    _legend(page, seen, marks, ledger)
    if page.numbers:
        page.head("Sources")
        for key, number in page.numbers.items():
            source = knowledge.sources[key]
            page.text(f"[{number}] {source.title}. {source.publisher}, read {source.looked_up}. {source.url}", 2, 4)
            page.read_at(source.url, source.read_at)
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _legend(page: Page, seen: dict[Level, list[Figure]], marks: dict[Level, str], ledger: Ledger) -> None:
    says: dict[Level, str] = {"one look": "read once, not yet by a second reader", "unverified": "nobody could verify it", "disputed": DIFFER}
    told = "; ".join(f"{marks[level]} {text}" for level, text in says.items() if level in seen)
    if told:
        page.lines.append("")
        page.text(f"Figures: {told}.", 2, 2)
    for text, entry in differing(seen.get("disputed", ()), ledger):
        page.text(f"{marks['disputed']} {text}", 2, 2, entry.cites)


def _fields(page: Page, held: dict[str, object], indent: int) -> None:
    for key, value in held.items():
        if key in ("cites", "node") or value in (None, "", [], {}):
            continue
        label = key.replace("_", " ")
        if isinstance(value, dict):
            if key == "in_force":
                page.text(f"{label}: {told(value)}", indent, 2, _marks(value))
            elif "say" in value:
                page.text(f"{label}: {_said(value)}", indent, 2, tuple(value.get("cites", ())))
            else:
                page.text(f"{label}:", indent)
                _fields(page, value, indent + 2)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            page.text(f"{label}:", indent)
            for item in worst_first_raw(value) if key == "risks" else value:
                _item(page, item, indent + 2)
        elif isinstance(value, list):
            page.text(f"{label}: {', '.join(map(str, value))}", indent, 2)
        else:
            page.text(f"{label}: {_inline(value)}", indent, 2, _marks(held) if key == "say" else ())
    cites = held.get("cites")
    if isinstance(cites, list) and cites and "say" not in held:
        page.text(f"cited: {'; '.join(map(str, cites))}", indent, 2, tuple(map(str, cites)))


def _marks(held: dict[str, object]) -> tuple[str, ...]:
    """The cites of one mapping."""
    cites = held.get("cites")
    return tuple(map(str, cites)) if isinstance(cites, list) else ()


def _item(page: Page, item: dict[str, object], indent: int) -> None:
    marks = _marks(item)
    below = {k: v for k, v in item.items() if k != "cites" and _is_group(v)}
    if "say" in item or any(k not in below and k != "cites" for k in item):
        page.item(page.look.sign("•", "-"), _said(item), marks, indent)
        indent += 4
    _fields(page, below, indent)


def _is_group(value: object) -> bool:
    """Whether a value needs lines of its own: a mapping that is no rate, or a list of mappings."""
    return (isinstance(value, dict) and not isinstance(value.get("of"), int)) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))


def _inline(value: object) -> str:
    """A list or a rate on one line."""
    if isinstance(value, dict):
        within = f" within {value['within']}" if value.get("within") else ""
        return f"{value['count']:g} in {value['of']:,}{within}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_inline, value)) if isinstance(value, list) else str(value)


def _said(value: dict[str, object]) -> str:
    """One line: who says it and what is said first, the rest in brackets."""
    lead = [name for name in ("who", "by") if "say" in value and name in value]
    days, say = value.get("days"), str(value.get("say", ""))
    stretch = [span(days, "days")] if isinstance(days, list) and say and not tells_days(say, days) else []
    rest = {k: _inline(v) for k, v in value.items() if k not in ("say", "cites", *lead, *(["days"] if say else [])) and not _is_group(v)}
    extra = "; ".join([*stretch, *(k if v == "yes" else f"{k.replace('_', ' ')}: {v}" for k, v in rest.items())])
    if not say:
        return extra
    said = "".join(f"{value[name]}: " for name in lead) + say
    return f"{said} ({extra})" if extra else said


def index(knowledge: Knowledge, look: Style) -> str:
    """What there is, by kind."""
    page = Page(look)
    for kind, keys in _by_kind(knowledge).items():
        page.head(f"{kind} ({len(keys)})")
        page.text(", ".join(keys), 2)
    page.lines += ["", "gillies show ID prints one with its sources."]
    return "\n".join(page.lines).lstrip("\n") + "\n"


def index_as_json(knowledge: Knowledge) -> str:
    """The same as JSON: kind -> ids."""
    return msgspec.json.format(msgspec.json.encode(_by_kind(knowledge)), indent=2).decode() + "\n"


def _by_kind(knowledge: Knowledge) -> dict[str, list[str]]:
    groups: dict[str, set[str]] = {}
    for file, key, _ in records(knowledge):
        groups.setdefault(file.split("/")[0].removesuffix(".yaml") if "/coverage/" not in file else "coverage", set()).add(key)
    return {kind: sorted(keys) for kind, keys in groups.items()}
