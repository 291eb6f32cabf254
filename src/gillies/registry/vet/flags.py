"""What to look at: found by the records, worded as what to ask. No flag says that somebody did wrong."""

from collections.abc import Iterator

from gillies.assess.fit import Fit, lower, suggested
from gillies.assess.titles import advertised
from gillies.knowledge.records import Knowledge
from gillies.registry.vet import exclusions
from gillies.registry.vet.answer import Advert, Flag, Level, Provider, Theirs
from gillies.registry.vet.evidence import Evidence
from gillies.registry.vet.facts import Question, license_states
from gillies.registry.vet.trainings import unreported

WEIGHT: dict[Level, int] = {"alert": 0, "check": 1, "note": 2}
CARE = ("physician", "dentist")
"""Professions that operate."""


def flags(
    evidence: Evidence, question: Question, provider: Provider, whole: Fit, advert: Advert | None, theirs: Theirs | None, knowledge: Knowledge
) -> tuple[Flag, ...]:
    """All flags, the weightiest first."""
    found = [
        *_found(evidence), *_number(evidence), *_exclusions(evidence), *_fit(provider, question, whole), *_license(evidence, question, provider),
        *(_advert(evidence, advert, knowledge) if advert else ()), *(_certificates(theirs) if theirs else ()),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda flag: WEIGHT[flag.level]))


def _found(evidence: Evidence) -> Iterator[Flag]:
    if evidence.by_name:
        yield Flag(
            "found-by-name", "note", f"Found by name: the only one so named in this registry ({evidence.by_name}). Compare the place, or ask for the NPI."
        )


def _number(evidence: Evidence) -> Iterator[Flag]:
    held = evidence.held.provider
    if held is None and evidence.held.deactivations:
        yield Flag("deactivated", "alert", "This NPI was deactivated. Ask which NPI is used today, and why.")
    elif held is None:
        yield Flag("not-on-record", "check", "This NPI is not in the files here. It may be newer than they are: look it up in the NPI Registry.")
    elif not held.active:
        yield Flag("deactivated", "alert", "This NPI was deactivated. Ask which NPI is used today, and why.")


def _exclusions(evidence: Evidence) -> Iterator[Flag]:
    matches = {line.match for line in exclusions.lines(evidence.held, evidence.namesakes)}
    if "hit" in matches:
        say = "On the list of the excluded; NPI and name agree. Federal health programmes pay for nothing this person does. Check the list itself."
        yield Flag("excluded", "alert", say)
    if "number-only" in matches:
        yield Flag("exclusion-other-name", "check", "The list of the excluded has this NPI under another name. Check there which of the two is meant.")
    if "name-only" in matches:
        yield Flag("exclusion-possible", "check", "Somebody of the same name is on the list of the excluded, without an NPI. Possible, no more: check there.")


def _fit(provider: Provider, question: Question, whole: Fit) -> Iterator[Flag]:
    name = lower(question.procedure.name)
    if provider.kind == "organisation":
        yield Flag("organisation", "check", "This NPI is an organisation's. Ask who would do the work, and vet that person.")
        return
    if provider.professions and not set(provider.professions) & set(CARE):
        known = ", ".join(provider.professions).replace("-", " ").replace("other", "neither physician nor dentist nor nurse")
        if question.procedure.invasiveness == "surgical":
            yield Flag("not-a-physician", "check", f"On record as {known}. This is surgery: ask who would operate.")
        else:
            yield Flag("not-a-physician", "note", f"On record as {known}. State law sets who may do this, and under whom: ask who oversees it.")
    if whole.fit == "outside":
        hidden = ", ".join(dict.fromkeys(hand.name for hand in whole.unseen))
        ask = f" Training that has no code may fit ({hidden}): ask." if hidden else " Ask where it was learned, and how often it was done."
        yield Flag("no-fitting-training", "check", f"No training that the specialties reported suggest holds {name}, as far as is on file.{ask}", whole.cites)
    elif whole.fit == "unknown" and provider.kind == "person":
        yield Flag(
            "training-unknown", "check", f"Nothing reported suggests a training that is on file here, so nothing can be said of training for {name}. Ask."
        )


def _license(evidence: Evidence, question: Question, provider: Provider) -> Iterator[Flag]:
    if provider.kind == "person" and question.state and question.state not in license_states(evidence):
        yield Flag("license-not-on-record", "note", f"No licence in {question.state} is on record here, which proves nothing: look it up with the state.")


def _advert(evidence: Evidence, advert: Advert, knowledge: Knowledge) -> Iterator[Flag]:
    if not advert.text:
        return
    words = advertised(advert.text, knowledge)
    reported = ", ".join(dict.fromkeys(name for one in evidence.held.taxonomies if (name := suggested(one.code, knowledge).name)))
    for word in unreported(words, evidence, knowledge):
        shown = next((form for form in word.words if form in advert.text.lower()), word.words[0])
        yield Flag("advert-field", "check", f"The advert says “{shown}”; no specialty reported suggests that training (reported: {reported}). Ask for it.")
    for law in advert.laws:
        kept = [word for word, use in law.words.items() if use == "kept-for-others"]
        if kept:
            named = " and ".join(f"“{word}”" for word in kept)
            yield Flag("title-kept", "check", f"{law.name} keeps {named} for other professions than are on record here. Read it below.", law.cites)
    if any(word.id == "board-certified" for word in words):
        say = "The advert says board certified. No record here can tell: ask which board, and look the certificate up there."
        yield Flag("board-claim", "check", say)
    for word in words:
        if word.say:
            yield Flag("advert-word", "note", word.say.say, word.say.cites)


def _certificates(theirs: Theirs) -> Iterator[Flag]:
    for held in theirs.certificates:
        if held.lapsed:
            yield Flag("certificate-lapsed", "check", f"Your list: the certificate of {held.board} ran until {held.until}. Look it up with the board.")
    if not theirs.certificates:
        yield Flag("certificate-not-listed", "note", "Your certificate list has no line for this NPI, which proves nothing: look it up with the boards.")
    if theirs.aside:
        count = sum(map(len, theirs.aside.values()))
        yield Flag("certificate-lines-aside", "note", f"{count:,} lines of your certificate list could not be read; they are named below.")
