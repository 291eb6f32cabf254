"""Frames that follow from records other than statements."""

from collections.abc import Iterator

from gillies.check.held import Held
from gillies.knowledge.records import Knowledge


def derive(knowledge: Knowledge) -> Iterator[Held]:
    """Every frame that follows."""
    yield from ()
