"""What the knowledge holds, how fully, and what is due to be read again."""

from datetime import date
from typing import Any

import msgspec

from gillies.knowledge import schema as s
from gillies.knowledge.confirmed import LEVELS, in_another_source, tally
from gillies.knowledge.figures import figures
from gillies.knowledge.grade import grades, median
from gillies.knowledge.lint import _walk, phrase_lists, records
from gillies.knowledge.records import Knowledge

MOST_WORST = 10
WANTED = ("anaesthesia", "setting", "lasts", "risks", "doing_nothing", "hands")


def count(knowledge: Knowledge) -> dict[str, Any]:
    """Counts by kind, holes in procedures, facts by level of proof, figures by how often they were read, reading grade."""
    said = [value for _, key, record in records(knowledge) for _, _, item in [("", "", record), *_walk(record, key)] for value in _said(item)]
    procedures = knowledge.procedures.values()
    listed = figures(records(knowledge))
    graded = grades(records(knowledge))
    return {
        "records": {
            "sources": len(knowledge.sources), "fields": len(knowledge.fields), "boards": len(knowledge.boards), "pathways": len(knowledge.pathways),
            "facilities": len(knowledge.facilities), "title laws": len(knowledge.title_laws), "statements": len(knowledge.statements),
            "claims in adverts": len(knowledge.advert_claims), "rules on adverts": len(knowledge.advert_rules),
            "specialties": len(knowledge.specialties), "professions": len(knowledge.professions), "words of adverts": len(knowledge.adverts),
            "procedures": len(knowledge.procedures), "concerns": len(knowledge.concerns),
            "findings": len(knowledge.findings), "policies and laws": len(knowledge.policies), "policy cases": len(knowledge.cases),
            "warning signs": len(knowledge.warning_signs), "readiness": len(knowledge.readiness), "elsewhere": len(knowledge.elsewhere),
            "shelf lives": len(knowledge.shelf_lives),
            "code sets": len(knowledge.code_sets), "procedures with code numbers": sum(any((p.codes.cpt, p.codes.hcpcs, p.codes.icd10pcs)) for p in procedures),
        },
        "phrases": sum(len(says) for *_, says in phrase_lists(knowledge)),
        "procedures by area": _tally(procedure.area for procedure in procedures),
        "holes in procedures": {
            **{name: sum(not getattr(p, name) and name not in p.does_not_apply for p in procedures) for name in WANTED},
            "recovery": sum(not (p.recovery.light or p.recovery.full or "recovery" in p.does_not_apply) for p in procedures),
        },
        "facts": {"with a source": sum(bool(item.cites) for item in said), "unverified": sum(item.unverified for item in said)},
        "risks": {"all": sum(len(p.risks) for p in procedures), "with a figure": sum(risk.rate is not None for p in procedures for risk in p.risks)},
        "looks at figures": tally(listed, knowledge.confirmed),
        "second looks": {"in all": len(knowledge.confirmed), "in another source": in_another_source(listed, knowledge.confirmed)},
        "reading grade": {"sentences": len(graded), "median": median(graded)},
        "hardest to read": [{"grade": text.grade, "record": text.record, "say": text.say} for text in graded[:MOST_WORST]],
    }  # fmt: skip


def _said(value: object) -> list[s.Said]:
    listed = value if isinstance(value, tuple) else (value,)
    return [item for item in listed if isinstance(item, s.Said)]


def _tally(values: Any) -> dict[str, int]:
    table: dict[str, int] = {}
    for value in values:
        table[value] = table.get(value, 0) + 1
    return dict(sorted(table.items()))


def as_json(knowledge: Knowledge) -> str:
    """The counts as JSON."""
    return msgspec.json.format(msgspec.json.encode(count(knowledge)), indent=2).decode() + "\n"


def as_text(knowledge: Knowledge, on: date) -> str:
    """The counts as aligned lines, and the sources that are due."""
    lines: list[str] = []
    for title, held in count(knowledge).items():
        if isinstance(held, list):
            lines += ["", title.capitalize(), *(f"  {row['grade']:>5}  {row['record']}: {row['say']}" for row in held)]
        elif not isinstance(held, dict):
            lines.append(f"{title:<24}{held:>7,}")
        elif title == "looks at figures":
            lines += ["", f"{title.capitalize():<24}" + "".join(f"{level:>12}" for level in LEVELS)]
            lines += [f"  {kind:<22}" + "".join(f"{row[level]:>12,}" for level in LEVELS) for kind, row in held.items()]
        else:
            lines += ["", title.capitalize(), *(f"  {name:<22}{value:>7,}" for name, value in held.items())]
    due = sorted(key for key, source in knowledge.sources.items() if source.review_by < on)
    lines += ["", f"Sources due to be read again: {', '.join(due) or 'none'}"]
    return "\n".join(lines).lstrip("\n") + "\n"
