"""A document -> its score with its sources as they stand on a day."""

from datetime import date

from gillies.assess.answer import SourceOut
from gillies.check.readers.document import Document
from gillies.check.score.held import Score, ScoreLexicon
from gillies.check.score.score import NOTE, score


def scored(document: Document, lexicon: ScoreLexicon, on: date) -> Score | None:
    """The score of a document; None where it is too short for one."""
    found = score(document, lexicon)
    if found is None:
        return None
    return Score(True, NOTE, found[0], found[1], {key: SourceOut.of(source, on) for key, source in lexicon.sources.items()})
