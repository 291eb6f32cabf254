"""A source as answers show it, on a day."""

from datetime import date

from gillies.assess.answer import SourceOut
from gillies.knowledge.schema import Source


def shown_source(source: Source, on: date) -> SourceOut:
    """Where something was read, and whether that is due to be read again."""
    return SourceOut(
        source.title, source.publisher, source.url, source.looked_up.isoformat(), source.kind, str(source.published or source.effective or ""),
        source.read_at, source.secondary, source.review_by < on,
    )  # fmt: skip
