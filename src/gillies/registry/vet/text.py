"""A vet for the terminal: what is stale, who it is, what to look at, the three answers, how it fits, what cannot be known, where to verify it."""

from gillies.assess.titles import Line, TitleRule
from gillies.registry.vet.answer import Advert, Answer, Fact, Flag, Level, Theirs, Training, VerifyAt, Vet, printable
from gillies.tell import aside, span
from gillies.terminal import FIT, Page, Style

FITS = {**FIT, "outside": "outside the training, as far as is on file", "unknown": "cannot be told"}
HEADLINES = {
    "outside": "not in the training that the specialties reported suggest, as far as is on file",
    "unknown": "cannot be told from what is reported",
}
MARKS: dict[Answer, tuple[str, str, str]] = {"on-record": ("✓", "+", "32"), "contrary": ("✗", "x", "31"), "no-record": ("·", ".", "2")}
HEADS: dict[Answer, str] = {
    "on-record": "On record",
    "contrary": "On record to the contrary",
    "no-record": "No record (no proof either way)",
}
LEVELS: dict[Level, tuple[str, str, str]] = {"alert": ("▲", "!", "1;31"), "check": ("?", "?", "33"), "note": ("•", "-", "2")}
LABELS = {
    "number": "Number", "name": "Name", "specialty": "Specialty", "license": "", "place": "Place", "graduation": "", "enrolment": "", "exclusion": "",
    "medicare": "",
}  # fmt: skip
SCHOOL = {"physician": "after medical school", "dentist": "after dental school", "nurse": "after nursing school"}
FILES = {
    "nppes": "NPPES", "deactivated": "Deactivated NPIs", "leie": "The list of the excluded", "dac": "Medicare's list of clinicians",
    "puf": "Medicare's volumes", "nucc": "Names of specialties",
}  # fmt: skip
WHAT = {
    "certificate": "Board certificate", "license": "Licence and discipline", "place": "Place of surgery", "exclusion": "Exclusions",
    "record": "The record itself",
}  # fmt: skip
USE = {
    "kept-for-others": "kept for other professions than are on record here",
    "kept-for-you": "may be used by this profession",
    "on-conditions": "only on the law's conditions",
}
COUNTS = {"counts": "Counts", "does-not-count": "Does not count", "unknown": "Named neither way"}
MOST_HANDS, MOST_PLACES, MOST_LINES = 4, 3, 2


def as_text(told: Vet, look: Style) -> str:
    """The whole answer, ending in a newline."""
    page = Page(look)
    for each in told.stale:
        page.text(f"STALE: {each.say}", 0, 2, code="1;31")
    _head(page, told)
    _flags(page, told.flags)
    _fit(page, told)
    for answer in HEADS:
        _facts(page, answer, [fact for fact in told.on_record if fact.answer == answer], bool(told.fit))
    if told.certificates is not None:
        _theirs(page, told.certificates)
    if told.advert is not None:
        _advert(page, told.advert)
    page.head("What no record can tell")
    for line in told.cannot_know:
        page.item(page.look.sign("•", "-"), line)
    for caveat in told.caveats:
        page.item(page.look.sign("•", "-"), f"{FILES[caveat.source]}: {caveat.say}", caveat.cites[:2])
    _verify(page, told.verify_at)
    _sources(page, told)
    page.lines.append("")
    page.text(_left(told), code="2")
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _left(told: Vet) -> str:
    """What left this machine."""
    return told.asked or "Nothing left this machine. Specialties and licences are self-reported; no record is no accusation."


def _head(page: Page, told: Vet) -> None:
    who = told.provider
    page.head(f"{who.name or 'No name on record'}{', ' + who.credentials if who.credentials else ''} (NPI {who.npi})")
    where = " ".join(filter(None, (who.city, who.state)))
    kind = {"person": "On record as a person", "organisation": "On record as an organisation", "unknown": "Whether this is a person is not on record"}[who.kind]
    page.text(f"{kind}{' in ' + where if where else ''}; looked at on {told.as_of}.", 2)
    if who.made_up:
        page.text("This provider is made up (the number begins with 9): for trying things out only.", 2, code="1;33")
    page.lines.append("")
    page.text(f"{told.procedure.name}: {HEADLINES.get(told.fits, f'{FITS[told.fits]}, by what is reported')}", 0, 2, code="1")
    page.text(told.why, 2)


def _flags(page: Page, flags: tuple[Flag, ...]) -> None:
    if flags:
        page.head("Look at this")
        for flag in flags:
            fancy, plain, code = LEVELS[flag.level]
            page.item(page.look.sign(fancy, plain), flag.say, flag.cites, code=code)


def _fit(page: Page, told: Vet) -> None:
    if not told.fit and not told.unseen:
        return
    page.head("Specialties, self-reported, and how the training that they suggest fits")
    for one in told.fit:
        _training(page, one)
    if told.unseen:
        page.text("No code shows these, so only asking can tell:", 2)
        for hand in told.unseen[:MOST_HANDS]:
            page.item(page.look.sign("›", ">"), f"{aside(hand.name, FITS[hand.fit])}. {hand.why}", hand.cites[:2], 4)


def _training(page: Page, one: Training) -> None:
    main = "named as the main one" if one.primary else ""
    name = aside(one.specialty, one.code, main)
    page.item(page.look.sign("›", ">"), f"{name}: {FITS[one.fit]}.", code="36" if one.best else "")
    hand = one.hand
    if one.fit == "unknown":
        page.text(one.why, 6, 2)
    if hand is not None:
        least, most = hand.years
        years = f"{span((least, most), 'years')} {SCHOOL.get(one.profession, 'in all')}" if most else ""
        page.text(f"It suggests: {aside(hand.name, years, f'board: {hand.board}' if hand.board else '')}. {one.why}", 6, 2, one.cites[:2])
        if hand.logged:
            page.text(f"The accreditor asks for: {hand.logged}", 6, 2)
    if one.limits and one.best:
        page.text(f"Its limits: {one.limits}", 6, 2)


def _facts(page: Page, answer: Answer, facts: list[Fact], fits: bool) -> None:
    if not facts:
        return
    page.head(HEADS[answer])
    fancy, plain, code = MARKS[answer]
    places = [fact for fact in facts if fact.about == "place"]
    for fact in facts:
        if fact in places[MOST_PLACES:] or (fact.about == "specialty" and fits):
            continue
        excluded = fact.about == "exclusion" and fact.answer == "on-record"
        label = LABELS[fact.about]
        say = f"{label}: {fact.say}" if label else fact.say
        if len(places) > MOST_PLACES and fact is places[MOST_PLACES - 1]:
            say += f" (and {len(places) - MOST_PLACES} more; --json shows them)"
        sign, colour = (page.look.sign("▲", "!"), "1;31") if excluded else (page.look.sign(fancy, plain), code)
        page.item(sign, say, fact.cites[:2], code=colour)


def _theirs(page: Page, theirs: Theirs) -> None:
    page.head(f"What your own list says ({printable(theirs.file)})")
    for one in theirs.certificates:
        until = f"; {'ran until' if one.lapsed else 'until'} {one.until}" if one.until else ""
        more = "".join(f"; {name.replace('_', ' ')}: {text}" for name, text in one.more.items())
        page.item(page.look.sign("•", "-"), f"{one.board}: {one.status or 'no status'}{until}{more} (line {one.line}; yours, checked by nobody here).")
    if not theirs.certificates:
        page.text(f"No line for this NPI among {theirs.lines:,}.", 2)
    for reason, lines in theirs.aside.items():
        listed = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
        page.text(f"Set aside: {len(lines):,} × {reason} (line {listed}).", 2, 2)


def _advert(page: Page, advert: Advert) -> None:
    page.head(f"What an advert may call this person in {advert.state}")
    if not advert.laws:
        page.text("No law of this state on titles for this profession is on file here, which does not mean that there is none: ask its licensing board.", 2)
    for law in advert.laws:
        _law(page, law, whole=bool(advert.text and law.words))


def _law(page: Page, law: TitleRule, whole: bool) -> None:
    """A law: whole where it governs a word of the advert, else what it is about."""
    page.item(page.look.sign("›", ">"), f"{law.name} ({law.level})", code="36")
    for use in dict.fromkeys(law.words.values()):
        page.text(f"{', '.join(f'“{word}”' for word, how in law.words.items() if how == use)}: {USE[use]}.", 6, 2)
    for line in (*law.says, *law.counts) if whole else law.says[:MOST_LINES]:
        page.text(line.say, 6, 2, line.cites[:1])
    for counts, say in COUNTS.items():
        named = [board.name for board in law.boards if board.counts == counts]
        if whole and named:
            page.text(f"{say}: {', '.join(named)}.", 6, 2)
    if not whole:
        page.text(f"gillies show {law.law} tells all of it.", 6, 2, code="2")
        return
    _lines(page, "An advert may not hold", law.forbids)
    _lines(page, "It must say", law.must_say)
    if law.complain:
        page.text(f"Complaints: {law.complain}", 6, 2)


def _lines(page: Page, head: str, lines: tuple[Line, ...]) -> None:
    if lines:
        page.text(f"{head}:", 6)
        for line in lines:
            page.item("-", line.say, line.cites[:1], 8)


def _verify(page: Page, places: tuple[VerifyAt, ...]) -> None:
    page.head("Where to verify it")
    shown = ""
    for one in places:
        if one.what != shown:
            shown = one.what
            page.text(WHAT[one.what], 2, code="1")
        page.item(page.look.sign("›", ">"), f"{one.name}: {one.search or one.url}" if one.url else one.name, one.cites[:2], 4)
        if one.search:
            page.text(f"the board's own page: {one.url}", 8, 2)
        if one.say:
            page.text(one.say, 8, 2)


def _sources(page: Page, told: Vet) -> None:
    if not page.numbers:
        return
    page.head("Sources")
    for key, number in page.numbers.items():
        source = told.sources[key]
        second = "; another's account" if source.secondary else ""
        late = "; due to be read again" if source.overdue else ""
        page.text(f"[{number}] {source.title}. {source.publisher}, read {source.looked_up}{second}{late}. {source.url}", 2, 4)
        page.read_at(source.url, source.read_at)
