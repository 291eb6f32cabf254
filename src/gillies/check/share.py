"""What a stretch of a sentence shares with the terms of a held frame, what else it names, and what its "only" bears on."""

from collections.abc import Collection, Set
from itertools import pairwise

import msgspec

from gillies.check.find import ONLY, Scene
from gillies.check.held import Held
from gillies.check.lexicon import UNSEEN, CheckLexicon, Ready
from gillies.check.sentence import Item, Piece

MUST, ALLOWED = "must", "may-do"
"""The terms of "must" and "may by law"."""
LIKE_PARENT = 0.85
"""What a term counts where the text names only a kind of it."""
OF_ANOTHER = 5
"""For how many other things it counts that the thought speaks of one from the start."""
AIMS = ("looks", "function")
"""What may be done for the one or for the other."""
RELATIVES = frozenset(("who", "which", "that", "whose", "it", "they"))
"""Words at the head of a thought whose subject stands before it."""
BEFALLING = frozenset(("affect", "occur", "happen", "appear", "develop", "treat", "work"))
"""Stems of verbs before which an "only" bears on what stands behind them ("only affects women", "only treat the face"), as it does before "be done"."""
AT_HEAD = 3
"""Words at the head of a thought among which a thing named is its subject: then nothing from before is."""


class Shared(msgspec.Struct, gc=False):
    """What a stretch of a sentence shares with a frame's terms."""

    places: dict[str, Piece]
    weight: float = 0.0
    own: float = 0.0
    """The weight of all that the stretch says."""
    foreign: int = 0
    """Things it names that the frame is not about."""
    turned: Set[str] = frozenset()
    """Terms that it says by their opposites."""
    only: bool = False
    only_other: bool = False
    """Whether its "only" bears on something that the frame does not say."""
    only_subject: bool = False
    """Whether it bears on the thing that the frame is about."""
    must: bool = False
    """Whether it says what must be."""
    exact: int = 0
    others: set[str] = msgspec.field(default_factory=set)
    """The terms it has besides."""
    forbidden: bool = False
    """Whether it says that something is against the law."""
    replaced: bool = False
    """Whether a thing of the frame is not named, and in its stead another of its class is."""

    def note(self, name: str, sign: int) -> None:
        """Notes a term that says how something is put."""
        self.only |= name == ONLY
        self.must |= name == MUST
        self.forbidden |= name == ALLOWED and sign < 0

    def gap(self) -> int:
        """Words between the two things shared that lie farthest apart."""
        spots = sorted(place for place in self.places.values() if place[1] > place[0])
        return max((after[0] - before[1] for before, after in pairwise(spots)), default=0)

    def share(self) -> float:
        """What part of the stretch the frame covers."""
        return min(1.0, self.weight / self.own) if self.own else 0.0

    @property
    def flipped(self) -> bool:
        """Whether these turn what is said around."""
        return len(self.turned) % 2 == 1


def share(held: Held, ready: Ready, seen: Scene, stretch: Piece, lexicon: CheckLexicon, pieces: Collection[Piece] = ()) -> Shared:
    """What the stretch has of the frame's terms; what it takes up from before counts for things only. Of a derived frame only the thing that
    it is about may be named by a kind of it."""
    start, end = stretch
    signs, either = ready.signs, ready.alternatives
    about = held.terms[0][0] if held.kind == "derived" else ""
    weight, parents, entities = lexicon.weights.get, lexicon.parents.get, lexicon.entities
    shared, strangers, context, thought = Shared({}), {}, list(seen.before), seen.sentence.thought
    turned: set[str] = set()  # terms of which only the opposite is said
    for item in seen.items:
        name, sign, first, last = item
        if not start <= first < end:
            if first < start and thought[first] not in seen.aside:
                context.append(item)
            continue
        if thought[first] in seen.aside and held.relation != "compares":
            continue
        if first not in seen.spared:
            shared.note(name, sign)
        hit = name if name in signs else _term(item, ready, parents(name, ()), about) if either or name in lexicon.parents else None
        if hit is None:
            shared.own += weight(name, UNSEEN)
            shared.others.add(name)
            if name in entities and thought[first] == thought[start]:
                strangers[first, last] = name
        elif hit in shared.places:
            if sign == signs[hit] and hit == name:  # a kind of it ("no risk of infection") takes nothing back
                turned.discard(hit)
        else:
            shared.own += weight(name, UNSEEN)
            shared.places[hit] = (first, last)
            shared.exact += hit == name
            shared.weight += weight(hit, UNSEEN) * (1 if hit == name else LIKE_PARENT)
            is_compared = bool(seen.compares) and any(start <= at < first for at in seen.compares)
            if sign != signs[hit] and hit not in either.values() and not is_compared:  # of several terms that will do, none has an opposite
                turned.add(hit)
    shared.turned = turned
    if seen.has_only:
        _mark_only(held, shared, seen, stretch, next((name for name in signs if name in entities), ""))
    is_open = seen.sentence.words[start][0] in RELATIVES
    if is_open or seen.things.isdisjoint(range(start, start + AT_HEAD + 1)):
        _take_up(shared, context, signs, start, lexicon)
    if strangers or shared.others.intersection(AIMS):
        shared.foreign = _foreign(strangers, shared, start, ready, entities, pieces)
        shared.replaced = _is_replaced(strangers, shared, ready, lexicon, pieces)
    return shared


def _term(item: Item, ready: Ready, above: tuple[str, ...], about: str) -> str | None:
    """The frame's term for which an item will do, or of which it is a kind; None for none."""
    name, sign = item[:2]
    either = ready.alternatives
    hit = either.get(name) or (either.get(f"-{name}") if sign < 0 else None)
    return hit or next((up for up in above if up in ready.signs and (not about or up == about)), None)


def _is_replaced(strangers: dict[Piece, str], shared: Shared, ready: Ready, lexicon: CheckLexicon, taken: Collection[Piece]) -> bool:
    """Whether a thing of the frame is not named, and another of its class is, outside the words of its pattern: "the NHS pays" is not "Medicare
    pays"."""
    missing = [name for name in ready.required if name not in shared.places and lexicon.entities.get(name)]
    for one, other in (AIMS, AIMS[::-1]):
        if one in ready.signs and other not in ready.signs and one not in shared.places and other in shared.others:
            return True
    if not missing:
        return False
    for (first, last), name in strangers.items():
        if any(since <= first and last <= until for since, until in taken):
            continue
        for lost in missing:
            if lexicon.entities[lost] == lexicon.entities[name] and name not in lexicon.parents.get(lost, ()):
                return True
    return False


def _foreign(strangers: Collection[Piece], shared: Shared, start: int, ready: Ready, entities: Collection[str], taken: Collection[Piece]) -> int:
    """For how many other things it counts that some are named: not for those beside the frame's own, nor in the words of its pattern."""
    own = [place for name, place in shared.places.items() if name in entities]
    apart = [
        place for place in strangers
        if not any(_is_beside(place, other) for other in own) and not any(place[0] < until and since < place[1] for since, until in taken)
    ]  # fmt: skip
    leads = ready.required and apart and apart[0][0] <= start + AT_HEAD and all(place > apart[0] for place in own)
    return len(apart) + (OF_ANOTHER if leads else 0)


def _mark_only(held: Held, shared: Shared, seen: Scene, stretch: Piece, subject: str) -> None:
    """Notes an "only", and whether it bears on something that the frame does not say, or on the frame's subject."""
    only, start = _only(seen, stretch), stretch[0]
    shared.only |= only is not None
    if only:
        is_shared = any(first <= only[2] < last for first, last in shared.places.values())
        is_subject = shared.places.get(subject, (0, 0))[0] == only[2] and only[2] - start <= 2 * AT_HEAD and not _said_before(seen, start, only)
        shared.only_subject = is_subject or any(item[0] == ONLY and item[2] - start <= 1 for item in seen.items if item[2] >= start)
        shared.only_other = not is_shared if any(name == ONLY for name, _ in held.terms) else held.relation != "may" and is_subject


def _only(seen: Scene, stretch: Piece) -> Item | None:
    """What an "only" of the stretch, or an exception, bears on: the next thing said."""
    start, end = stretch
    at = [item[3] for item in seen.items if item[0] == ONLY and start <= item[2] < end and item[2] not in seen.spared]
    at += [cue.end for cue in seen.sentence.cues if ("except" in cue.kinds or "only-but" in cue.kinds) and start <= cue.start < end]
    words = seen.sentence.words
    return next((item for item in seen.items if at and at[-1] <= item[2] < end and item[0] not in BEFALLING and words[item[2] - 1][0] != "be"), None)


def _said_before(seen: Scene, start: int, only: Item) -> bool:
    """Whether something else is said before the "only" ("a doctor certified only by ..."): then it bears on no subject."""
    before = [item for item in seen.items if start <= item[2] < only[2] and item[0] != ONLY]
    return any(item[0] == ONLY for item in seen.items) and bool(before)


def _take_up(shared: Shared, context: list[Item], signs: dict[str, int], start: int, lexicon: CheckLexicon) -> None:
    """Adds the things that were named before and that the frame needs."""
    for item in context:
        for name in (item[0], *lexicon.parents.get(item[0], ())):
            if name in signs and name not in shared.places and name in lexicon.entities:
                shared.places[name] = (start, start)
                shared.weight += lexicon.weights.get(name, UNSEEN) * LIKE_PARENT
                break


def _is_beside(place: Piece, other: Piece) -> bool:
    """Whether two things are named in one breath ("Botox and fillers")."""
    return 0 <= max(place[0] - other[1], other[0] - place[1]) <= 1
