"""The records of the score -> what it reads with. Happens when the knowledge is packed."""

import daachorse

from gillies.check.lexicon import Phrases
from gillies.check.score.held import TREATMENT, ScoreLexicon
from gillies.knowledge.records import Knowledge
from gillies.phrases.words import TOKEN, parts
from gillies.reading.lexicon import letters

Meaning = tuple[int, int]


def compile_score(knowledge: Knowledge) -> ScoreLexicon:
    """Items, and one automaton of all their phrases and of the names of treatments."""
    items = list(knowledge.score_items.values())
    rows: dict[tuple[str, ...], list[Meaning]] = {}
    for number, item in enumerate(items):
        for place, sign in enumerate(item.signs):
            for says in sign.says:
                _file(rows, says, (number, place))
    for procedure in knowledge.procedures.values():
        for name in (procedure.name.partition(" (")[0], *procedure.also_called):
            _file(rows, name, (TREATMENT, 0))
    letter = letters(list(dict.fromkeys(word for row in rows for word in row)))
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(["".join(letter[word] for word in row) for row in rows])
    cited = sorted({cite.partition(" @ ")[0] for item in items for cite in item.cites})
    return ScoreLexicon(items, Phrases(automaton.serialize(), letter), [tuple(held) for held in rows.values()], {key: knowledge.sources[key] for key in cited})


def _file(rows: dict[tuple[str, ...], list[Meaning]], phrase: str, meaning: Meaning) -> None:
    row = tuple(stem for token in TOKEN.findall(phrase) if token[0].isalnum() for _, stem in parts(token))
    held = rows.setdefault(row, [])
    if row and meaning not in held:
        held.append(meaning)
