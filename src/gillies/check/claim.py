"""How a clause is put: what it denies, how strongly it speaks, of which place. The same for a text and for the claims that the knowledge holds."""

from collections.abc import Iterable, Set
from itertools import groupby, pairwise, zip_longest

import msgspec

from gillies.check.clauses import FINITE
from gillies.check.held import Term
from gillies.check.lexicon import CheckLexicon
from gillies.check.numbers import DAYS, WORDS
from gillies.check.read import sentences
from gillies.check.sentence import Cue, Item, Piece, Sentence
from gillies.knowledge.schema_hands import ELSEWHERE

NEAR = 2
"""How many things a "without" or "no" denies."""
MODALS = frozenset("may might can could must will would shall should".split())
"""Verbs with which the clause goes on behind its subject."""
NONE = frozenset(("no", "none"))
"""Words at the head that say it of none."""
CANNOT, MAYS = frozenset(("cannot", "can")), frozenset(("may", "can", "must"))
"""Words of "cannot" and "may not"."""
PERHAPS = frozenset(("may", "might"))
WHO = frozenset(("who", "that", "which"))
FAR = 4
"""Within how many things the first term is looked for."""
LIKE = frozenset(("like", "than", "to", "as"))
ALWAYS = frozenset("always invariably whenever everyone everybody".split())
QUANTIFIERS = frozenset("all every each always everyone everybody any anyone anybody never whatever whenever invariably".split())
TIME_STEMS = frozenset("minut hour day week month year".split())
WHATEVER = "whatever"
"""The word of a head that sets aside how it is done ("Whatever the method, …")."""
ALONE = frozenset(("alone", "solely", "only"))
"""Words at the end of a part that make it the whole of something."""
LOOKS = frozenset(("looks", "appearance", "beauty", "reasons", "purposes", "grounds"))
"""Words before an "alone" that is a part of what is denied ("seldom pay for looks alone")."""
EQUATING = frozenset(("are", "were"))
DETERMINERS, AT_HEAD = frozenset(("all", "every", "each")), 3
"""Words that say "all" of the thing they stand before, and within how many words that thing is what the clause speaks of."""
ONLYS = frozenset(("only", "solely", "exclusively", "merely", "purely"))
STRENGTHS = ("all", "most", "some", "can")
"""How strongly a thing can be said, the cue that counts first."""
ABROAD = f"in {ELSEWHERE}-"
"""How the cue of such a country begins."""
MARKS = ("belief", "compares", "not-all", "not-negation", "ought", "past", "ranks")
"""Cues of a claim that count: what people think, a comparison, "not all", "not only", what should be, what was, which is
first, a country of which little is held."""
EXAMPLES = frozenset(("such", "like", "including"))
ROW_WORDS, ROW_JOINS = 3, frozenset(("or", "nor"))
"""Words of a part between commas that can be one of a row; words that join its last."""
NEW_PART = frozenset(
    """it they we you he she i this that these those there which who whose what whether and but so because as since while although though if when where with
    without for in on at by to from only even most some all every each a an the our your its their""".split()
)
"""Words with which a part between commas begins something of its own, and goes on with no row of verbs ("does not lift, tighten the skin or …")."""
NEEDED = "medically-necessary"
EXCEPTED_WITHIN = 5
"""Within how many words an exception follows its "no"."""
THAT, SUCH_THING = frozenset(("that", "which", "who")), ["such", "thing"]
"""Words with which it is told what kind there is none of ("no cream that …"), and how that is put without them ("no such thing as …")."""
HAPPENS = frozenset(("exist", "occur", "happen", "arise"))
"""Stems of verbs that say nothing but that a thing is: to deny them denies it."""
IS_SO = HAPPENS | frozenset(
    ("realist", "advis", "sensibl", "wise", "possibl", "true", "correct", "accur", "shown", "proven", "prove", "establish", "demonstr", "confirm")
)
"""Stems of these, and of words that judge what was said: to deny them denies it ("a holiday behind it is not realistic")."""
TURNING = frozenset(("but", "though", "although", "however"))
"""Words of a second half that goes against the first ("complications do not happen often, but …")."""
UNTIL = frozenset(("before", "until", "till"))
"""Words of a clause that tells by when: its "may" is not the sentence's."""
SUBJECTS = frozenset("it they he she we there".split())
"""Pronouns with which a clause of its own begins."""
WHOSE_VIEW = frozenset("you they he she we i people patients".split())
"""Whoever speaks in a clause behind "that" or "which"."""
BEFORE_NOT = frozenset(("and", "but", "or"))
"""Words that join a denial to what was said before."""


class Claim(msgspec.Struct, frozen=True):
    """What a claim of ours says: its terms, and how it is put."""

    terms: tuple[Term, ...]
    denials: tuple[tuple[str, ...], ...]
    strength: str
    marks: tuple[str, ...]


class Denial(msgspec.Struct, frozen=True):
    """One "not": what it denies, as items of the sentence, where it stands, whether it only sets that apart ("…, not for its looks"), and the terms
    of which it is a part ("no risk of …")."""

    items: tuple[Item, ...]
    at: int
    end: int
    apart: bool
    within: tuple[str, ...] = ()


class Manner(msgspec.Struct, frozen=True):
    """How it is put: `partly` where only "always" is denied; `strength` one of STRENGTHS or ""."""

    partly: bool
    strength: str
    is_any: bool = False
    """Whether "all" is only an "any": of things, not of what happens to them."""
    of_object: bool = False
    """Whether "all" is only said of what something is done to ("trained in all procedures")."""
    only: bool = False
    never: bool = False
    conditional: bool = False
    """Whether the sentence names a condition."""
    is_needed: bool = False
    """Whether the condition is that it is needed for health."""
    for_looks: bool = False
    """Whether it is said of what is done for looks alone."""
    quantified: bool = False
    """Whether "all" is told by a word that counts things or times, not by one of degree ("purely")."""
    always: bool = False
    """Whether it is said to be so every time, or of every one."""
    perhaps_not: bool = False
    """Whether it is said that it may not be so ("may not be able to")."""
    hardly: bool = False
    """Whether what is denied is only nearly denied ("little to no")."""


def read_claim(text: str, lexicon: CheckLexicon) -> Claim:
    """A claim of ours, read as a text would be."""
    terms: dict[str, int] = {}
    denied: list[tuple[str, ...]] = []
    strengths, marks = [], set()
    for sentence in sentences(text, lexicon):
        for name, value, _, _ in sentence.items:
            terms.setdefault(name, value)
        denied += [tuple(dict.fromkeys(item[0] for item in denial.items)) for denial in denials(sentence) if not denial.apart]
        strengths.append(manner(sentence, 0, len(sentence.words)).strength)
        marks |= {kind for cue in sentence.cues for kind in cue.kinds if kind in MARKS or kind.startswith(ABROAD)}
    strength = next((strength for strength in STRENGTHS if strength in strengths), "")
    return Claim(tuple(terms.items()), tuple(denied), strength, tuple(sorted(marks)))


def manner(sentence: Sentence, start: int, end: int, spoken: Set[int] = frozenset(), pieces: Iterable[Piece] = ()) -> Manner:
    """How strongly the words [start, end) are put; of them those of the thoughts `spoken`, where any are named. What a pattern denies in its own words
    (`pieces`) is the claim's."""
    here = [cue for cue in sentence.cues if start <= cue.start < end and (not spoken or sentence.thought[cue.start] in spoken)]
    strengths: set[str] = set()
    denied_in: set[int] = set()
    of_subject = False
    for cue in here:
        thought = sentence.thought[cue.start]
        if "negation" in cue.kinds or "negation-near" in cue.kinds:
            denied_in.add(thought)
        if "any" in cue.kinds and thought in denied_in:
            continue  # "without any training" speaks of none, not of all
        if "some" in cue.kinds and cue.end < len(sentence.words) and sentence.words[cue.end][1] in TIME_STEMS:
            continue  # "within a few days" tells a time
        if sentence.words[cue.start][0] == "every" and _is_numbered(cue, sentence):
            continue  # "every three months" tells how often
        if not cue.start and sentence.words[0][0] == WHATEVER and sentence.part[0] != sentence.part[-1]:
            continue  # "Whatever the method, keloids come back"
        if sentence.words[cue.start][0] in MODALS and not UNTIL.isdisjoint([word[0] for word in sentence.words[max(start, cue.start - FAR) : cue.start]]):
            continue  # "… before they may practise"
        strengths |= {*STRENGTHS, "any"}.intersection(cue.kinds) | ({"all"} if "everywhere" in cue.kinds else set())
        is_determiner = sentence.words[cue.start][0] in DETERMINERS
        is_far = is_determiner and cue.start - start > AT_HEAD and sentence.words[cue.start - 1][0] not in EQUATING  # "they are all …"
        of_subject = of_subject or ("all" in cue.kinds and not is_far) or "everywhere" in cue.kinds
    is_any = "any" in strengths and "all" not in strengths
    if "most" in strengths and ONLYS.issuperset([sentence.words[cue.start][0] for cue in here if "all" in cue.kinds]):
        strengths.discard("all")  # "typically only"
    strength = "all" if is_any else next((strength for strength in STRENGTHS if strength in strengths), "")
    spared = {i for cue in sentence.cues if "not-negation" in cue.kinds for i in range(cue.start, cue.end)}  # "not only" is no "only"
    spared |= {i for i in range(1, len(sentence.words)) if sentence.words[i - 1][0] == "the" and sentence.words[i][0] == "only"}  # "the only degree needed"
    raws = {word[0] for i, word in enumerate(sentence.words[start:end], start) if i not in spared}
    is_needed = any(name == NEEDED and sign > 0 for said in sentence.said for name, sign in said.terms)
    return Manner(
        partly=any("not-all" in cue.kinds for cue in here) or _denies_all(here, pieces, sentence) or _denies_alone(here, sentence),
        strength=strength, is_any=is_any,
        of_object="all" in strengths and not of_subject, only="only" in raws or any(is_only(cue, sentence) for cue in here),
        never="never" in raws or sentence.words[start][0] in NONE,
        conditional=sentence.has("condition") or is_needed, is_needed=is_needed,
        for_looks=any("for-looks" in cue.kinds for cue in here),
        perhaps_not=any(sentence.words[cue.start][0] == "not" and cue.start > start and sentence.words[cue.start - 1][0] in PERHAPS for cue in here),
        hardly=any("hardly" in cue.kinds for cue in here), always=any("all" in cue.kinds and sentence.words[cue.start][0] in ALWAYS for cue in here),
        quantified=any("all" in cue.kinds and sentence.words[cue.start][0] in QUANTIFIERS for cue in here),
    )  # fmt: skip


def _denies_all(cues: list[Cue], pieces: Iterable[Piece], sentence: Sentence) -> bool:
    """Whether it is denied that something is so of all or always ("does not cover every operation", "no laser removes every tattoo")."""
    denying = [cue for cue in cues if "negation" in cue.kinds or sentence.words[cue.start][0] == "no"]
    denying = [cue for cue in denying if not any(start <= cue.start < end for start, end in pieces)]
    of_all = [cue for cue in cues if "all" in cue.kinds and sentence.words[cue.start][0] in DETERMINERS and not _is_a_rhythm(cue, sentence)]
    return any(one.end <= other.start and sentence.thought[one.start] == sentence.thought[other.start] for one in denying for other in of_all)


def _denies_alone(cues: list[Cue], sentence: Sentence) -> bool:
    """Whether a "not" denies only that something is the whole of it ("not caused by the sun alone")."""
    parts = {sentence.part[cue.start] for cue in cues if "negation" in cue.kinds}
    last = [max(i for i, own in enumerate(sentence.part) if own == part) for part in parts]
    return any(sentence.words[at][0] in ALONE and sentence.words[at - 1][0] not in LOOKS for at in last)


def _is_a_rhythm(cue: Cue, sentence: Sentence) -> bool:
    """Whether an "every" tells how often ("every three years", "every month")."""
    return _is_numbered(cue, sentence) or any(word[0] in DAYS for word in sentence.words[cue.end : cue.end + 1])


def _is_numbered(cue: Cue, sentence: Sentence) -> bool:
    """Whether a number follows."""
    after = [word[0] for word in sentence.words[cue.end : cue.end + 1]]
    return any(word in WORDS or word[0].isdigit() for word in after)


def denials(sentence: Sentence) -> list[Denial]:
    """Every denial of a sentence."""
    denying = [cue for cue in sentence.cues if "negation" in cue.kinds or "negation-near" in cue.kinds]
    cues = [cue for cue in denying if not _excepts(cue, sentence) and not _is_but_for(cue, sentence) and not _names(cue, sentence)]
    cues = [cue for cue, following in zip_longest(cues, cues[1:]) if not _goes_on_in(cue, following, sentence)]
    if not cues:
        return []
    taken = {i: said for said in sentence.said if said.end - said.start > 1 for i in range(said.start, said.end)}
    ends = {cue.start: _next(cue, cues, sentence) for cue in cues}
    found = []
    for cue in cues:
        items = tuple(item for item in _denied(cue, sentence) if item[2] < ends[cue.start])
        if cue.start in taken:  # "no risk" is a term; what the risk is of is denied all the same
            end = taken[cue.start].end
            items = tuple(item for item in items if item[2] >= end) if [word[0] for word in sentence.words[end : end + 1]] == ["of"] else ()
        if items or cue.start not in taken:
            own = tuple(name for name, _ in taken[cue.start].terms) if cue.start in taken else ()
            found.append(Denial(items, cue.start, cue.end, _sets_apart(cue, sentence), own))
    return found


def is_only(cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue says "only" by an exception."""
    return "only-but" in cue.kinds or ("negation-near" in cue.kinds and _excepts(cue, sentence)) or ("negation" in cue.kinds and _is_but_for(cue, sentence))


def _goes_on_in(cue: Cue, following: Cue | None, sentence: Sentence) -> bool:
    """Whether two denials are one ("is not and cannot", "neither … nor")."""
    if following is None:
        return False
    between = [word[0] for word in sentence.words[cue.end : following.start]]
    is_pair = sentence.words[cue.start][0] == "neither" and sentence.words[following.start][0] == "nor"
    return is_pair or (0 < len(between) <= NEAR and not BEFORE_NOT.isdisjoint(between))


def _names(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "non" only names what another thing is like or held against ("like non-elective surgery, …")."""
    return sentence.words[cue.start][0] == "non" and cue.start > 0 and sentence.words[cue.start - 1][0] in LIKE


def _excepts(cue: Cue, sentence: Sentence) -> bool:
    """Whether a denial is half of an "only": "no doctor except a plastic surgeon"."""
    if sentence.words[cue.start][0] == "not":
        return False
    return any("except" in other.kinds and 0 < other.start - cue.end <= EXCEPTED_WITHIN for other in sentence.cues)


def _is_but_for(cue: Cue, sentence: Sentence) -> bool:
    """Whether what somebody may not do is taken back on a condition, and so says "only if": "may not operate unless …"."""
    is_of_may = sentence.words[cue.start][0] in CANNOT or (cue.start > 0 and sentence.words[cue.start - 1][0] in MAYS)
    return is_of_may and any(word[0] == "unless" for word in sentence.words[cue.end :])


def _next(cue: Cue, cues: list[Cue], sentence: Sentence) -> int:
    """Where another denial takes over ("has no board and does not train"); the end of the sentence where none does."""
    for other in cues:
        if other.start > cue.end and not BEFORE_NOT.isdisjoint(word[0] for word in sentence.words[cue.end : other.start]):
            return other.start
    return len(sentence.words)


def _denied(cue: Cue, sentence: Sentence) -> list[Item]:
    """What a denial bears on: what follows it up to the next comma or thought, or else what stands before."""
    part, thought = sentence.part[cue.start], sentence.thought[cue.start]
    examples, row = _examples(cue, sentence), {part, *row_behind(cue, sentence)}
    own = [item for item in sentence.items if sentence.thought[item[2]] == thought and (sentence.part[item[2]] in row or item[2] >= examples)]
    turns = next((i for i in range(cue.end, len(sentence.words) - 1) if _begins_verb(i, sentence)), len(sentence.words))
    after = [item for item in own if cue.end <= item[2] < turns] or [item for item in own if item[2] >= cue.end]
    if not after:
        after = [item for item in sentence.items if item[2] >= cue.end and sentence.thought[item[2]] == thought][:NEAR]  # "does not, as a rule, hurt"
    if not after and _is_of_whom(cue, sentence):
        return []
    is_turned = not TURNING.isdisjoint([word[0] for word in sentence.words[cue.end :]])
    if after and all(name in IS_SO for name, _, _, _ in after) and not is_turned:  # "filler migration does not exist"
        joined = max((i for i in range(cue.start) if sentence.words[i][0] in BEFORE_NOT), default=0)
        return [item for item in own if item[2] >= joined]
    if denies_being(cue, sentence):
        return after  # "there is no cream that will …"
    tells_which = _tells_which(cue, sentence)
    goes_on = next((i for i in range(cue.end, len(sentence.words)) if sentence.words[i][0] in (FINITE if tells_which else MODALS)), 0)
    if goes_on and not _is_of_subject(cue, sentence) and ("negation-near" in cue.kinds or tells_which):
        after = [item for item in after if item[2] < goes_on] or after  # "doctors without a specialty may …", "a doctor who is not a surgeon can …"
    if "negation-near" in cue.kinds and after:
        is_of_all = goes_on > 0 and _is_of_subject(cue, sentence)  # "…, no surgeon can give a guarantee"
        if cue.start and not is_of_all and not _denies_doing(cue, sentence):
            return after[: _reach(after, sentence)]
        aim = next((i for i, word in enumerate(sentence.words) if word[0] == "to" and i > NEAR), len(sentence.words))
        return [item for item in after if item[2] < aim] or after  # "No training is needed to …": what it is for is not denied
    return after or own


def _is_of_subject(cue: Cue, sentence: Sentence) -> bool:
    """Whether a denial stands at the head of the sentence, or a "no" at that of a part, and so bears on all that is said ("although …, no surgeon can
    guarantee …")."""
    at = cue.start
    joins = at > 1 and sentence.words[at - 1][0] in BEFORE_NOT  # "…, and no surgeon can guarantee"
    return at == 0 or (sentence.words[at][0] == "no" and sentence.part[at] != sentence.part[at - 1 - joins])


def _begins_verb(at: int, sentence: Sentence) -> bool:
    """Whether an "and" joins another verb to what was said ("has no board and is practised by …", "is no diet and it takes …"): a denial before it ends
    there."""
    return sentence.words[at][0] == "and" and (sentence.words[at + 1][0] in FINITE or sentence.words[at + 1][0] in SUBJECTS)


def denies_being(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "no" denies that there is anything of the kind that a clause behind it tells ("there is no cream that removes …")."""
    before = [word[0] for word in sentence.words[max(0, cue.start - FAR) : cue.start]]
    behind = [word[0] for word in sentence.words[cue.end :]]
    return "there" in before and (behind[:2] == SUCH_THING or not THAT.isdisjoint(behind))


def _examples(cue: Cue, sentence: Sentence) -> int:
    """From which word on only examples are given of what is denied ("does not treat any disease, such as …"); the number of words where none are."""
    words, size = sentence.words, len(sentence.words)
    first = next((i for i in range(cue.end + 1, size) if sentence.part[i] != sentence.part[i - 1]), size)
    return first if first < size and words[first][0] in EXAMPLES else size


def row_behind(cue: Cue, sentence: Sentence) -> list[int]:
    """The parts behind its own over which a denial goes on as over a row ("cannot be predicted, foreseen or guaranteed"): of few words each, and the
    last with an "or", which may be longer ("does not lift, tighten the skin or take its place")."""
    found: list[int] = []
    parts = groupby(range(cue.end, len(sentence.words)), key=lambda i: sentence.part[i])
    for part, at in parts:
        words = [sentence.words[i][0] for i in at]
        if part == sentence.part[cue.start]:
            continue
        if not ROW_JOINS.isdisjoint(words[:ROW_WORDS]) or (words[0] not in NEW_PART and not ROW_JOINS.isdisjoint(words)):
            return [*found, part]
        if len(words) > ROW_WORDS:
            return []
        found.append(part)
    return []


def _denies_doing(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "without" denies all that is done ("without treating any disease")."""
    return sentence.words[cue.start][0] == "without" and any(word[0].endswith("ing") for word in sentence.words[cue.end : cue.end + 1])


def _tells_which(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "not" stands in a clause that only tells who is meant ("a doctor who is not a surgeon")."""
    before = [word[0] for word in sentence.words[max(0, cue.start - NEAR) : cue.start]]
    return not WHO.isdisjoint(before)


def _is_of_whom(cue: Cue, sentence: Sentence) -> bool:
    """Whether a "not" tells only what somebody does with the thing named before it ("pays to mend a nose that you do not like")."""
    before = [word[0] for word in sentence.words[max(0, cue.start - FAR) : cue.start]]
    return any(one in WHO and two in WHOSE_VIEW for one, two in pairwise(before))


def _reach(after: list[Item], sentence: Sentence) -> int:
    """How many of the things behind a "no" it denies: up to the first that is a term ("no direct associated risk")."""
    terms = {said.start for said in sentence.said}
    first = next((i for i, item in enumerate(after[:FAR]) if item[2] in terms), 0)
    reach = max(NEAR, first + 1)
    while reach < len(after) and any(word[0] == "or" for word in sentence.words[after[reach - 1][2] - NEAR : after[reach][2]]):
        reach += 1  # "no trauma or physical deformity"
    return reach


def _sets_apart(cue: Cue, sentence: Sentence) -> bool:
    """Whether a denial sets what follows apart from what was said: "…, not for its looks", "and not breast cancer"."""
    if sentence.words[cue.start][0] != "not" or not cue.start:
        return False
    return sentence.part[cue.start] != sentence.part[cue.start - 1] or sentence.words[cue.start - 1][0] in BEFORE_NOT
