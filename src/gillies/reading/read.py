"""The reader: a text in, what it says out. Deterministic; nothing is stored.

Steps, each a function: words -> runs found by the automaton -> patterns complete -> mentions -> their context -> numbers
beside their cues -> a Reading.
"""

import re
from bisect import bisect_left, bisect_right
from datetime import date

import msgspec

from gillies.knowledge.schema import Finding
from gillies.phrases.words import SENTENCE_END, SMALL, TOKEN, Word, fold, parts, stem
from gillies.reading.context import NOTHING, YEARS, Context, Cue, Piece, Said, context_of, find_cues, is_year
from gillies.reading.find import Words, complete, runs, settle
from gillies.reading.lexicon import FEWEST_LETTERS, Concept, Lexicon
from gillies.reading.person import STATE_STARTS, find_age, find_sex, find_state
from gillies.reading.quantities import Quantity, find_quantities, find_since, in_unit, may_start

FARTHEST_BACK = 30
"""How many words back a pronoun can point."""
OLD = re.compile(r"\d|\bold\b")
UNKNOWN = "\0"
"""The letter of a stem that no phrase uses."""
MOST_LEARNT = 50_000
"""Tokens kept in memory; nothing of what is typed outlives the process."""
SHORTEST_CM, LIGHTEST_G, TOGETHER = 120, 35_000, 25
"""What can be a grown person's height (cm) and weight (g), and how near they stand (characters)."""
LONGEST = 120
"""Words after which a sentence without an end is cut: nobody writes such, and each of its cues would be weighed against each of its mentions."""
CUE_REACH = 12
"""How many words may stand between a number and its cue."""
OR_REACH = 3
"""How many words, "or" among them, may stand between a denied phrase and what is denied with it."""
BESIDE = 2
"""A number without its unit is read in the finding's own when its cue stands this near ("MRD1 of 1.5")."""
ACROSS_A_COMMA = 4
"""How much farther away a cue counts across a comma: "rashes for 2 years, creams did not help" tells of the rashes."""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A concept found in the text: its pieces (as words), span in the text, sentence, and context."""

    kind: str
    id: str
    choice: str
    pieces: tuple[Piece, ...]
    span: tuple[int, int]
    sentence: int
    context: Context


class Measure(msgspec.Struct, frozen=True, gc=False):
    """A number read for a finding, in the finding's own unit."""

    finding: str
    value: float
    span: tuple[int, int]


class Reading(msgspec.Struct, frozen=True):
    """All that was understood of a text."""

    text: str
    mentions: tuple[Mention, ...]
    measures: tuple[Measure, ...]
    age: tuple[float, int, int] | None
    sex: str | None
    state: tuple[str, int, int] | None


def read(text: str, lexicon: Lexicon, findings: dict[str, Finding], on: date) -> Reading:
    """Reads a text. `findings`: by id, for the units of those that are numbers; `on`: the day it is read ("since 2022")."""
    folded = fold(text)
    lowered = folded if len(folded) == len(text) else text.lower()
    age = find_age(lowered) if OLD.search(lowered) else None
    words = split(text, lexicon, age[1:] if age else (0, 0))
    found = complete(runs(words, lexicon), lexicon, words.content, words.blocks)
    settled = settle(found)
    cues = find_cues(words.words, words.cue_starts, lexicon.cues)
    spent = spent_cues(cues, settled)
    cues_in: list[list[Cue]] = [[] for _ in words.sentences]
    treated = {words.sentence_of[pieces[0][0]] for concept, pieces in settled if concept.kind in ("procedure", "means")}
    for cue in cues:
        own = words.sentence_of[cue.start]
        cues_in[own].append(cue)
        if own and cue.kind == "refused-after" and (cue.start == words.sentences[own][0] or (own not in treated and _points_back(cue, words, lexicon))):
            cues_in[own - 1].append(cue)  # "Botox? Never again." "They offered Botox. I just do not want that."
    breaks = sorted(words.breaks)
    mentions = tuple([_mention(concept, pieces, words, breaks, cues_in, spent, lexicon) for concept, pieces in settled])
    raws = {word.raw for word in words.words}
    return Reading(
        text=text,
        mentions=tuple(m for m in mentions if m.kind != "cue"),
        measures=tuple(measures(lowered, words, [m for m in mentions if m.kind == "cue"], findings, age, on)),
        age=age,
        sex=find_sex(words.words),
        state=find_state(lowered) if not raws.isdisjoint(STATE_STARTS) else None,
    )


def _points_back(cue: Cue, words: Words, lexicon: Lexicon) -> bool:
    """Whether a cue ends in a word that takes up what the sentence before named."""
    return words.words[cue.end - 1].raw in lexicon.points_back


def split(text: str, lexicon: Lexicon, age: tuple[int, int] = (0, 0)) -> Words:
    """Text -> words, with misspellings of the lexicon's words undone. The words that tell the `age` carry no other content ("35, neck pain")."""
    words: list[Word] = []
    sentence_of: list[int] = []
    sentences: list[Piece] = []
    breaks: set[int] = set()
    content: list[int] = []
    letters: list[str] = []
    starts: list[int] = []
    first, known, amounts = 0, lexicon.learnt, lexicon.amounts
    for match in TOKEN.finditer(text):
        token = match[0]
        spelt = known.get(token) or (_learn(token, lexicon) if token[0].isalnum() else None)
        if spelt:
            start, end = match.span()
            for raw, root, letter, starts_cue in spelt:
                if letter and not age[0] <= start < age[1] and not (raw in amounts and words and words[-1].raw == "a"):
                    content.append(len(words))
                    letters.append(letter)
                if starts_cue:
                    starts.append(len(words))
                words.append(Word(raw, root, start, end))
                sentence_of.append(len(sentences))
            if len(words) - first >= LONGEST:
                sentences.append((first, len(words)))
                first = len(words)
        elif token[0] in SENTENCE_END or token[0] == "[":
            if len(words) > first and not _decimal_or_abbreviation(words, token):
                sentences.append((first, len(words)))
                first = len(words)
        else:
            breaks.add(len(words))
    sentences.append((first, len(words)))
    content, letters = point_back(words, starts, content, letters, lexicon)
    block_of = _blocks(words, sentences, lexicon)
    return Words(words, sentence_of, sentences, frozenset(breaks), content, letters, starts, [block_of[sentence_of[i]] for i in content])


def point_back(words: list[Word], starts: list[int], content: list[int], letters: list[str], lexicon: Lexicon) -> tuple[list[int], list[str]]:
    """Content words with each pronoun read as the part of the body named last: "the bump on it" is the bump on the nose."""
    if not any(words[i].raw in lexicon.pronouns for i in starts):
        return content, letters
    named: tuple[int, str] | None = None
    at, pointed = dict(zip(content, letters, strict=True)), {}
    for i, word in enumerate(words):
        if word.raw in lexicon.parts_of_body:
            named = i, at.get(i, "")
        elif word.raw in lexicon.pronouns and named and named[1] and i - named[0] <= FARTHEST_BACK and _points(words, i, lexicon):
            pointed[i] = named[1]
    merged = sorted({**at, **pointed}.items())
    return [i for i, _ in merged], [letter for _, letter in merged]


def _points(words: list[Word], i: int, lexicon: Lexicon) -> bool:
    return i + 1 == len(words) or words[i + 1].raw not in lexicon.not_pointing


def _blocks(words: list[Word], sentences: list[Piece], lexicon: Lexicon) -> list[int]:
    blocks: list[int] = []
    for number, (first, last) in enumerate(sentences):
        hangs = number > 0 and first < last and words[first].raw in lexicon.points_back
        blocks.append(blocks[-1] if hangs else number)
    return blocks


def _decimal_or_abbreviation(words: list[Word], mark: str) -> bool:
    return mark == "." and words[-1].raw in ("dr", "mr", "mrs", "ms", "vs", "approx", "e", "i")


def _learn(token: str, lexicon: Lexicon) -> tuple[tuple[str, str, str, bool], ...]:
    """The words of a token met for the first time, misspellings undone; kept for the next time, up to a bound."""
    if len(lexicon.learnt) > MOST_LEARNT:
        lexicon.learnt.clear()
    spelt = [_spelt(raw, root, lexicon) for raw, root in parts(token)]
    learnt = lexicon.learnt[token] = tuple(
        (raw, root, "" if raw in SMALL else lexicon.letter(root) or UNKNOWN, raw in lexicon.cues or raw in lexicon.pronouns or is_year(raw))
        for raw, root in spelt
    )
    return learnt


def _spelt(raw: str, root: str, lexicon: Lexicon) -> tuple[str, str]:
    if len(raw) < FEWEST_LETTERS or lexicon.letter(root) or not raw.isalpha() or raw in lexicon.vocabulary:
        return raw, root
    from gillies.reading.spelling import mend

    mended = mend(raw, lexicon.by_letter)
    return (mended, stem(mended)) if mended else (raw, root)


SPENT = frozenset({"negation", "refusal"})
"""Kinds of cue that a phrase uses up: the "not" of "can't breathe" says nothing about the words after it."""


def spent_cues(cues: list[Cue], settled: list[tuple[Concept, tuple[Piece, ...]]]) -> dict[Cue, list[Piece]]:
    """The cues that are part of a phrase themselves, and the phrases that hold them."""
    phrases = {piece for concept, pieces in settled if concept.kind != "finding-no" for piece in pieces if piece[1] - piece[0] > 1}
    over: dict[int, list[Piece]] = {}
    for piece in phrases:
        for i in range(*piece):
            over.setdefault(i, []).append(piece)
    spent: dict[Cue, list[Piece]] = {}
    for cue in cues:
        if cue.kind in SPENT:
            holders = [piece for piece in over.get(cue.start, ()) if cue.end <= piece[1]]
            if holders:
                spent[cue] = holders
    return spent


def _free(cues: list[Cue], spent: dict[Cue, list[Piece]], pieces: tuple[Piece, ...], words: list[Word]) -> list[Cue]:
    """The cues that may bear on a mention: a spent one only on what stands inside its own phrase ("no back pain" denies the pain in it)."""
    if not spent:
        return cues
    start, end = pieces[0][0], pieces[-1][1]
    return [
        cue for cue in cues
        if cue not in spent
        or any((p[0] <= start and end <= p[1] and (start, end) != p) or _goes_on(p, start, words) for p in spent[cue])
    ]  # fmt: skip


def _goes_on(phrase: Piece, start: int, words: list[Word]) -> bool:
    """Whether a denial goes on behind its phrase: "doesn't hurt or swell"."""
    return 0 < start - phrase[1] <= OR_REACH and words[phrase[1]].raw in ("or", "nor")


def _mention(
    concept: Concept, pieces: tuple[Piece, ...], words: Words, breaks: list[int], cues_in: list[list[Cue]], spent: dict[Cue, list[Piece]], lexicon: Lexicon,
) -> Mention:  # fmt: skip
    start, end = pieces[0][0], max([piece[1] for piece in pieces])
    sentence, last = words.sentence_of[start], words.sentence_of[pieces[-1][0]]
    span = (words.words[start].start, words.words[end - 1].end)
    said = cues_in[sentence] if last == sentence else [cue for row in cues_in[sentence : last + 1] for cue in row]
    context = NOTHING
    if said and concept.kind != "cue":
        here = breaks[bisect_left(breaks, words.sentences[sentence][0]) : bisect_right(breaks, words.sentences[min(last + 1, len(words.sentences) - 1)][1])]
        context = context_of(concept.kind, pieces, Said(_free(said, spent, pieces, words.words), words.words, here, lexicon.turns))
    return Mention(concept.kind, concept.id, concept.choice, pieces, span, sentence, context)


def measures(lowered: str, words: Words, cues: list[Mention], findings: dict[str, Finding], age: tuple[float, int, int] | None, on: date) -> list[Measure]:
    """Each quantity goes to the finding whose cue stands nearest to it in the sentence and whose unit fits; an age is no duration."""
    numbers = [word.start for word in words.words if may_start(word.raw)]
    told = (*(find_quantities(lowered, numbers) if numbers else ()), *find_since(lowered, on))
    quantities = [q for q in told if age is None or q.end <= age[1] or q.start >= age[2]]
    if not quantities:
        return []
    found: list[Measure] = []
    taken: set[str] = set()
    starts = [word.start for word in words.words]
    cues_of: dict[int, list[Mention]] = {}
    for cue in cues:
        cues_of.setdefault(cue.sentence, []).append(cue)
    options: list[tuple[int, int, str, float, tuple[int, int]]] = []
    for quantity in quantities:
        at = bisect_right(starts, quantity.start) - 1
        if at < 0:
            continue
        for cue in cues_of.get(words.sentence_of[at], ()):
            finding = findings[cue.id]
            value = in_unit(quantity, "months" if finding.type == "duration" else finding.unit)
            gap = max(cue.pieces[0][0] - at, at - cue.pieces[-1][1] + 1, 0)
            if value is None and quantity.measures == "count" and finding.plausible and gap <= BESIDE and quantity.value not in YEARS:
                value = quantity.value
            if value is None or not _is_plausible(value, finding):
                continue
            low, high = sorted((at, cue.pieces[0][0]))
            across = ACROSS_A_COMMA if any(stop in words.breaks for stop in range(low + 1, high + 1)) else 0
            if gap <= (CUE_REACH if quantity.measures != "count" else 5):
                options.append((gap + across, quantity.start, cue.id, value, (quantity.start, quantity.end)))
    used: set[int] = set()
    for _, start, finding_id, value, span in sorted(options):
        if finding_id not in taken and (start not in used):
            taken.add(finding_id)
            used.add(start)
            found.append(Measure(finding_id, value, span))
    return found + _build(quantities, used, taken)


def _is_plausible(value: float, finding: Finding) -> bool:
    return finding.plausible is None or finding.plausible[0] <= value <= finding.plausible[1]


def _build(quantities: list[Quantity], used: set[int], taken: set[str]) -> list[Measure]:
    """Height and weight told side by side without their names: 5'4" and 150 lbs."""
    free = [q for q in quantities if q.start not in used]
    heights = [q for q in free if q.measures == "length" and q.value >= SHORTEST_CM]
    weights = [q for q in free if q.measures == "mass" and q.value >= LIGHTEST_G]
    for height in heights:
        for weight in weights:
            if abs(weight.start - height.end) < TOGETHER and not taken & {"height", "weight"}:
                return [Measure("height", height.value, (height.start, height.end)), Measure("weight", weight.value / 1000, (weight.start, weight.end))]
    return []
