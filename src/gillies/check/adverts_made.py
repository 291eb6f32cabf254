"""Whether a claim of an advert is made where its words stand: not when it is denied, asked, put with care or only quoted."""

from collections.abc import Iterable
from itertools import pairwise

from gillies.check.adverts_found import Found
from gillies.check.adverts_held import AdvertLexicon
from gillies.check.claim import EXAMPLES, TIME_STEMS, denies_being, row_behind
from gillies.check.clauses import FINITE
from gillies.check.sentence import Cue, Sentence

HEDGED_KINDS = frozenset(("permanence", "scars", "risk", "safety", "comfort", "downtime", "outcome", "ease"))
"""Kinds of which a careful "may" or "often" makes a fair statement."""
HEDGES = frozenset(("may", "might", "could", "aim", "aims", "hope", "try", "meant", "unlikely", "doubtful"))
MAY, MAY_NEAR = frozenset(("may", "might", "could")), 10
"""Words of these that put with care only what stands near, and how many words ahead they reach."""
ALLOWED, ALLOWS = frozenset("you patients clients people they".split()), frozenset("resume return go get drive exercise".split())
"""Before and behind a "may" that allows and puts nothing with care ("you may return to work the next day")."""
NOT_YET = frozenset("guarantee guaranteed promise promised exist exists possible true expect realistic certain mean appropriate allowed".split())
"""What a "not" behind a claim must bear on to deny it ("a perfect result cannot be promised")."""
NEAR = 5
"""How many words a "no" before a claim reaches."""
LISTED = 4
"""Words of a part between commas that can be one of a list ("not quick, easy or painless"): a "not" before the list reaches it."""
EVEN_ASKED, YOU = frozenset(("looks", "pressure", "ease")), frozenset(("you", "your"))
"""Kinds that work on the reader as a question too ("Do you want to be beach ready?")."""
COUNTED = TIME_STEMS | frozenset(("session", "treatment", "visit"))
"""Stems of what "a few" may count without any care in it."""
VERBS = frozenset("there is are has have do does will can gives provides makes leaves offers lasts works takes it it's its they you we this".split())
"""Words that, behind an "and", begin something new."""
REASONS = frozenset(("as", "because", "since"))
NOW_FEW = frozenset(("comfort", "downtime", "outcome"))
"""Kinds in which "most people" is no careful word: that most feel nothing, are back at once or look superb is the promise itself."""
MOST = frozenset(("most", "majority", "frequently"))
"""Words by which a cue counts people or times."""
AS_A_RULE = frozenset(("normally", "generally", "typically"))
NONE_AT_ALL = {"no-downtime": AS_A_RULE, "no-scar": AS_A_RULE, "no-risk": AS_A_RULE | {"usually"}, "no-pain": AS_A_RULE | {"usually"}}
"""Claims that there is none of something -> words with which they are no more careful ("normally there are no side effects")."""
MOST_LASTING = ["most", "permanent"]
"""A "most" that is a degree and counts nobody."""
MANY = frozenset(("many", "several", "various"))
FELT = frozenset(("comfort", "downtime"))
"""Words that count much of something, and kinds in which there is no care in them ("many feel nothing")."""
NO_CARE = frozenset(("know", "primarily", "mainly", "chiefly"))
"""Words of a cue that tell what is known or what something is for; "the many risks" counts none either."""
NICKNAMING = frozenset(("known", "called", "dubbed", "nicknamed"))
"""Words by which a name in quotation marks is given, and so said."""
SUPPOSED = (("what", "if"),)
"""How a question begins that holds out what it asks ("What if you could have it without a scar?")."""
WISHING, WISH_NEAR = frozenset("want wish dream dreaming dreamed longing ready tired yearning".split()), 4
"""Words near the head of a question that hold out the same ("Are you dreaming of a new face without surgery?")."""
CAUTIONED = frozenset("use sign pop take rely assume trust smoke choose pick".split())
"""Verbs with which "do not …" warns; "do not wait" and "do not worry" sell."""
BELIEFS, OURS = ("think", "believe", "feel", "hope"), frozenset(("our", "my"))
"""Verbs of a belief, and words that make it praise of one's own ("I feel that our skill is second to none")."""
OPENING, CLOSING = "\"'“‘«", "\"'”’»"


def asks(sentence: Sentence, held: AdvertLexicon) -> bool:
    """Whether a sentence tells the reader what to ask or watch for, or tells a myth: it claims nothing, and neither does a belief."""
    first = [word[0] for word in sentence.words[:2]]
    believes = first[0] == "i" and first[-1] in BELIEFS and OURS.isdisjoint([word[0] for word in sentence.words])
    if first[0] in held.asks or believes:
        return True
    if first == ["do", "not"] and len(sentence.words) > 2 and sentence.words[2][0] in CAUTIONED:
        return True
    return sentence.opens_with("myth")


def is_made(found: Found, sentence: Sentence, text: str, beside: Iterable[Found], held: AdvertLexicon, is_on_record: bool = False) -> bool:
    """Whether a claim is made where its words stand. `beside`: all claims whose words stand in the sentence; `is_on_record`: a record tells what is
    usual, so that a "usually" is no care but a claim."""
    return found.is_answered or not (is_question(found, sentence, held) or is_denied(found, sentence, beside, is_on_record) or is_quoted(found, sentence, text))


def is_question(found: Found, sentence: Sentence, held: AdvertLexicon) -> bool:
    """Whether a claim is asked and not made. What stands before a mere "so why wait?" is made, and so is what the question itself says ("who better
    than us?"), or holds out ("what if you could?")."""
    head = [word[0] for word in sentence.words[:WISH_NEAR]]
    if sentence.words[found.start][0] in held.questions or tuple(head[:2]) in SUPPOSED:
        return False
    if "you" in head and not WISHING.isdisjoint(head) and found.claim.kind != "credential":
        return False
    if sentence.ending != "?" or (found.claim.kind in EVEN_ASKED and not YOU.isdisjoint([word[0] for word in sentence.words])):
        return False
    return sentence.part[found.start] == sentence.part[-1] or sentence.words[0][0] in held.questions


def is_denied(found: Found, sentence: Sentence, beside: Iterable[Found] = (), is_on_record: bool = False) -> bool:
    """Whether the sentence denies the claim, or makes it with care. A "no" that belongs to a claim before it ("no pain and no scars") denies nothing."""
    thought, part = sentence.thought[found.start], sentence.part[found.start]
    if _is_conceded(thought, sentence):
        return True
    for cue in sentence.cues:
        if found.holds(cue.start) or sentence.thought[cue.start] != thought or any(one.end <= found.start and one.holds(cue.start) for one in beside):
            continue
        if "negation-near" in cue.kinds and cue.start < found.start and sentence.part[cue.start] == part:
            between = [word[0] for word in sentence.words[cue.end : found.start]]
            if denies_being(cue, sentence):
                return True
            if len(between) <= (NEAR if sentence.words[cue.start][0] != "non" else 0) and not {"and", "with"} & set(between):
                return True
        if "negation-near" in cue.kinds and cue.end in [start for start, _ in found.pieces[1:]]:  # "results come with no guarantee"
            return True
        if "either-way" in cue.kinds and cue.start <= found.start:
            return True
        if cue.start == 0 and "negation-near" in cue.kinds and _is_of_the_head(found, cue, sentence):
            return True
        behind = [word[0] for word in sentence.words[cue.end : cue.end + 3]]
        inside = found.start < cue.start < found.end
        reaches = cue.start < found.end and (inside or sentence.part[cue.start] == part or sentence.part.count(part) <= LISTED)
        denies = ("negation" in cue.kinds or "not-all" in cue.kinds) and not _begins_anew(sentence, cue.end, found.start)
        if denies and (reaches or not NOT_YET.isdisjoint(behind) or sentence.part[found.start] in row_behind(cue, sentence)):
            return True
        is_hedged = found.claim.kind in HEDGED_KINDS and cue.start < found.end and sentence.part[cue.start] == part
        is_hedged = is_hedged and not _goes_on(sentence, cue.end, found.start)
        is_of_none = sentence.words[cue.start][0] in NONE_AT_ALL.get(found.claim.id, ())
        if is_hedged and not is_of_none and _hedges(cue, sentence, found.claim.kind) and not (is_on_record and _is_of_the_usual(cue, sentence)):
            return True
    if found.claim.kind not in HEDGED_KINDS:
        return False
    near = [i for i in range(found.end) if sentence.words[i][0] in HEDGES and sentence.thought[i] == thought and not found.holds(i)]
    hedges = [i for i in near if not _allows(i, sentence)]
    return any(i >= found.start - MAY_NEAR or sentence.words[i][0] not in MAY for i in hedges)


def _allows(at: int, sentence: Sentence) -> bool:
    """Whether a "may" gives leave ("you may resume …") and nothing takes it back ("…, but …")."""
    before, behind = sentence.words[at - 1][0] if at else "", sentence.words[at + 1][0] if at + 1 < len(sentence.words) else ""
    return sentence.words[at][0] == "may" and before in ALLOWED and behind in ALLOWS and sentence.thought[-1] == sentence.thought[at]


def _is_conceded(thought: int, sentence: Sentence) -> bool:
    """Whether a thought only leads up to one that takes it back ("while results can be impressive, they will not …")."""
    leading, is_reason = sentence.leading
    return thought in leading and not is_reason and any("negation" in cue.kinds and sentence.thought[cue.start] not in leading for cue in sentence.cues)


def _is_of_the_head(found: Found, cue: Cue, sentence: Sentence) -> bool:
    """Whether a claim is told of what a "no" at the head speaks of, in its part or over one between commas ("no board, including our own, guarantees
    …", "no surgery, at home or abroad, is without risk")."""
    if not EXAMPLES.isdisjoint([word[0] for word in sentence.words[cue.end : found.start]]):
        return True
    first = sentence.part.index(sentence.part[found.start])
    if first == 0 and sentence.words[0][0] == "no" and sentence.words[1][0] != "other":
        between = [word[0] for word in sentence.words[cue.end : found.start]]
        return not FINITE.isdisjoint(between) and "and" not in between  # "no operation can be called permanent"
    return first > cue.end and sentence.words[first][0] in FINITE


def _begins_anew(sentence: Sentence, start: int, end: int) -> bool:
    """Whether between two words something new is said of the subject ("takes no time *and has* a high success rate"): a "not" ends there."""
    words = [word[0] for word in sentence.words[start:end]]
    return any(one == "and" and following in VERBS for one, following in pairwise(words))


def _goes_on(sentence: Sentence, start: int, end: int) -> bool:
    """Whether between two words a reason or another verb begins ("many come *as* it is …", "many like it *and it* leaves …"): a "many" ends there."""
    words = [word[0] for word in sentence.words[start:end]]
    return not REASONS.isdisjoint(words) or _begins_anew(sentence, start, end)


def _hedges(cue: Cue, sentence: Sentence, kind: str) -> bool:
    """Whether a cue puts a claim with care. That most people feel nothing is no careful word on pain, nor are "many of them" or "a few days" of a result."""
    if [word[0] for word in sentence.words[cue.start : cue.end + 1]] == MOST_LASTING:
        return False
    first = sentence.words[cue.start][0]
    if first in NO_CARE or (first in MANY and cue.start and sentence.words[cue.start - 1][0] == "the"):
        return False
    if (kind in FELT and first in MANY) or (cue.end < len(sentence.words) and sentence.words[cue.end][1] in COUNTED):
        return False
    return "some" in cue.kinds or "belief" in cue.kinds or ("most" in cue.kinds and not (kind in NOW_FEW and _counts_people(cue, sentence)))


def _is_of_the_usual(cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue tells what is usual ("often", "most") and not what some have."""
    return "most" in cue.kinds or sentence.words[cue.start][0] == "often"


def _counts_people(cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue speaks of most people ("most are back at once") and not of the usual course ("usually gone in days")."""
    return sentence.words[cue.start][0] in MOST


def is_quoted(found: Found, sentence: Sentence, text: str) -> bool:
    """Whether just these words stand in quotation marks: they are spoken of, not said."""
    start, end = found.span(sentence)
    if not NICKNAMING.isdisjoint([word[0] for word in sentence.words[max(0, found.start - LISTED) : found.start]]):
        return False
    return text[max(start - 1, 0) : start] in tuple(OPENING) and text[end : end + 2].lstrip(".,")[:1] in tuple(CLOSING)
