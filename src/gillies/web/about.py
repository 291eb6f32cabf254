"""What the page "About" tells of the knowledge: how much there is, when it was read, what is due."""

from datetime import date
from typing import Any

from gillies.dates import in_words
from gillies.knowledge.records import Knowledge


def facts(knowledge: Knowledge, on: date) -> dict[str, Any]:
    """Counts and days, by the names that the template uses."""
    sources = list(knowledge.sources.values())
    first, last = (in_words(found(source.looked_up for source in sources).isoformat()) for found in (min, max))
    due = [source.review_by for source in sources]
    counts = [
        (len(knowledge.procedures), "procedures"), (len(knowledge.concerns), "things that bother people"), (len(knowledge.boards), "boards"),
        (len(knowledge.pathways), "ways to be trained"), (len({p.id for p in knowledge.policies.values()}), "rules of payers and laws on who pays"),
        (len(knowledge.warning_signs), "warning signs"), (len(sources), "sources"),
    ]  # fmt: skip
    return {
        "counts": counts,
        "read": f"on {first}" if first == last else f"between {first} and {last}",
        "next_due": in_words(min((day for day in due if day >= on), default=on).isoformat()),
        "overdue": sum(day < on for day in due),
    }
