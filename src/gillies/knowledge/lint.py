"""Checks across files: sources and ids exist, phrases belong to one record, windows are sound, every rule parses and its
cases come out as written. Each problem names file, key and mend."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import msgspec

from gillies.dates import Window
from gillies.errors import KnowledgeError
from gillies.knowledge import schema as s
from gillies.knowledge import schema_hands as h
from gillies.knowledge.cases import lint_cases
from gillies.knowledge.codes import lint_codes
from gillies.knowledge.confirmed import unfounded
from gillies.knowledge.figures import figures, numbers
from gillies.knowledge.kinds import kinds_of, table_units
from gillies.knowledge.lint_adverts import lint_adverts
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_codes import CodeSet
from gillies.knowledge.schema_rubrics import faults as rubric_faults
from gillies.knowledge.schema_score import faults
from gillies.phrases.patterns import PatternError, expand, hollow, loses_meaning, parse_pattern, weakened
from gillies.rules.derived import FORMULAS
from gillies.rules.nodes import findings_of
from gillies.rules.parse import Place, parse_rule

Problems = Iterator[KnowledgeError]
FEWEST_SAYS = 3


def lint(knowledge: Knowledge) -> list[KnowledgeError]:
    """Every problem found, in the order of the files."""
    checks = (
        _cites, _ids, _untold, _title_laws, _adverts, _look_ups, _statements, _code_sets, _phrases, _words, _formulas_and_tables, _rules, _windows, _terms,
        lint_adverts, _score, _rubrics, lint_cases, _unreachable, _second_looks,
    )  # fmt: skip
    return sorted((problem for check in checks for problem in check(knowledge)), key=lambda p: (p.file, p.path))


def records(knowledge: Knowledge) -> Iterator[tuple[str, str, s.Record]]:
    """(file, id, record) of every record."""
    for label, group in (
        ("field", knowledge.fields), ("board", knowledge.boards), ("pathway", knowledge.pathways), ("facility", knowledge.facilities),
        ("title-law", knowledge.title_laws), ("specialty", knowledge.specialties), ("profession", knowledge.professions),
        ("advert word", knowledge.adverts), ("look-up", knowledge.look_ups),
        ("procedure", knowledge.procedures), ("concern", knowledge.concerns), ("finding", knowledge.findings),
        ("derived", knowledge.derived), ("table", knowledge.tables), ("payer", knowledge.payers), ("warning-sign", knowledge.warning_signs),
        ("readiness", knowledge.readiness), ("elsewhere", knowledge.elsewhere), ("shelf-life", knowledge.shelf_lives), ("statement", knowledge.statements),
        ("code-set", knowledge.code_sets), ("advert-claim", knowledge.advert_claims), ("advert-rule", knowledge.advert_rules),
        ("code-set", knowledge.code_sets), ("score-item", knowledge.score_items), ("rubric-item", knowledge.rubric_items),
        ("daily-life", knowledge.daily_life),
    ):  # fmt: skip
        for key, record in group.items():
            yield knowledge.files[f"{label}/{key}"], key, record
    for policy in knowledge.policies.values():
        yield policy_file(knowledge, policy), policy.id, policy


def policy_file(knowledge: Knowledge, policy: s.Policy) -> str:
    """Where a policy version stands."""
    return knowledge.files[f"policy/{policy.version}"]


def _walk(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """(path, field name, value) of every field below a record."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            yield f"{path}.{name}", name, inner
            yield from _walk(inner, f"{path}.{name}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _walk(item, f"{path}[{i}]")


def cites_in(record: s.Record) -> Iterator[s.Cite]:
    """Every cite of a record, its own and those below it."""
    return (cite for _, name, value in _walk(record, "") if name == "cites" for cite in value)


def _cites(k: Knowledge) -> Problems:
    must_cite = (s.Said, s.Hand, h.Step, s.Policy, s.Table, CodeSet, h.LookUp)
    for file, key, record in records(k):
        for path, name, value in [(key, "", record), *_walk(record, key)]:
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, must_cite) and not item.cites and not getattr(item, "unverified", False):
                    yield KnowledgeError(file, path, "is a fact without a source.", "Add `cites`, or mark it `unverified: true`.")
            if name == "cites":
                yield from _cite_list(k, file, path, value)


def _cite_list(k: Knowledge, file: str, path: str, cites: Iterable[str]) -> Problems:
    for cite in cites:
        source, _, place = cite.partition(" @ ")
        if source not in k.sources:
            yield KnowledgeError(file, path, f"cites {source!r}, which no file in sources/ has.", "Add the source or correct the id.")
        elif not place.strip():
            yield KnowledgeError(file, path, f"cites {cite!r} without a place in it.", "Write `source-id @ heading or section`.")


def _ids(k: Knowledge) -> Problems:
    known: dict[str, Any] = {
        "procedure": k.procedures, "pathway": k.pathways, "board": k.boards, "field": k.fields, "site": k.sites, "payer": k.payers, "document": k.findings,
    }  # fmt: skip
    for file, key, record in records(k):
        for what, path, ids in _references(record):
            for wanted in ids:
                if wanted not in known[what]:
                    yield KnowledgeError(file, f"{key}.{path}", f"no {what} is called {wanted!r}.", "Correct the id or add the record.")


def _references(record: s.Record) -> Iterator[tuple[str, str, Iterable[str]]]:
    """(kind, key, ids) of everything a record points to."""
    match record:
        case s.Procedure():
            yield "procedure", "excludes", record.excludes
            yield "procedure", "not_meant", record.not_meant
            yield "procedure", "form_of", [record.form_of] if record.form_of else []
            yield "procedure", "alternatives.less", record.alternatives.less
            yield "procedure", "alternatives.more", record.alternatives.more
            yield "pathway", "hands", [hand.pathway for hand in record.hands]
            yield "site", "sites", record.sites
        case s.Concern():
            yield "procedure", "procedures", record.procedures
            yield "site", "site", [record.site]
        case h.Pathway():
            yield "board", "boards", record.boards
            yield "field", "field", [record.field]
            yield "procedure", "minimums", [procedure for minimum in record.minimums for procedure in minimum.procedures]
        case h.Board():
            yield "field", "fields", record.fields
        case h.TitleLaw():
            yield "board", "counts", [board for bodies in record.counts for board in bodies.boards]
            yield "board", "does_not_count", [board for bodies in record.does_not_count for board in bodies.boards]
        case h.Field():
            yield "field", "relations", [relation.to for relation in record.relations]
        case h.Specialty() | h.AdvertWord():
            yield "pathway", "pathways", record.pathways
        case s.Payer():
            yield "payer", "part_of", [record.part_of] if record.part_of else []
        case s.Policy():
            yield "payer", "payer", [record.payer] if record.payer else []
            yield "procedure", "procedures", record.procedures
            yield "document", "documents", record.documents
        case CodeSet():
            yield "site", "sites", record.sites
        case s.Readiness():
            yield "procedure", "for.procedures", record.applies_to.procedures
        case _:
            return


def _untold(k: Knowledge) -> Problems:
    """What does not apply is not told as well, and its reason needs no source; what is asked for as a paper is called by its name."""
    for key, procedure in k.procedures.items():
        for what, why in procedure.does_not_apply.items():
            at, file = f"{key}.does_not_apply.{what}", k.files[f"procedure/{key}"]
            if getattr(procedure, what) not in (None, s.Recovery()):
                yield KnowledgeError(file, at, f"says why there is no {what}, and {what} is told.", "Keep one of the two.")
            if numbers(why):
                yield KnowledgeError(file, at, "holds a figure, which needs a source.", "Say why in words alone; a figure goes where it can be cited.")
    for name in dict.fromkeys(name for policy in k.policies.values() for name in policy.documents if name in k.findings):
        if not k.findings[name].paper:
            yield KnowledgeError(k.files[f"finding/{name}"], f"{name}.paper", "is missing: a policy asks for it.", "Name what is to be gathered.")


def _statements(k: Knowledge) -> Problems:
    """The verdicts of a statement fit one another and what stands with them. (Its patterns are linted with all others.)"""
    for key, statement in k.statements.items():
        file = k.files[f"statement/{key}"]
        if statement.place and not h.is_place(statement.place):
            yield KnowledgeError(file, f"{key}.place", f"no place is called {statement.place!r}.", "Write us, uk, au or ca, or a part: us-ca.")
        if statement.verdict == "disputed" and len(statement.sides) < 2:
            yield KnowledgeError(file, f"{key}.sides", "a disputed statement needs both sides.", "Add who says what, each with its cites.")
        if statement.amount and statement.amount.least > statement.amount.most:
            yield KnowledgeError(file, f"{key}.amount", "`least` lies above `most`.", "Swap them.")


def _score(k: Knowledge) -> Problems:
    """The items of the score fit together. (Their cites are linted with all others.)"""
    for key, item in k.score_items.items():
        for at, problem, mend in faults(item):
            yield KnowledgeError(k.files[f"score-item/{key}"], f"{key}.{at}", problem, mend)


def _rubrics(k: Knowledge) -> Problems:
    """The items that our own pages are judged by fit together, and no number of an instrument is left out or doubled."""
    numbers: dict[str, list[int]] = {}
    for key, item in k.rubric_items.items():
        numbers.setdefault(item.instrument, []).append(item.number)
        for at, problem, mend in rubric_faults(item, k.score_items):
            yield KnowledgeError(k.files[f"rubric-item/{key}"], f"{key}.{at}", problem, mend)
    for instrument, held in numbers.items():
        if len(set(held)) < len(held):
            yield KnowledgeError("rubrics", instrument, "has a number twice.", "Give each item its own number.")


def _code_sets(k: Knowledge) -> Problems:
    yield from lint_codes(k, kinds_of(k))


def _title_laws(k: Knowledge) -> Problems:
    for key, law in k.title_laws.items():
        file = k.files[f"title-law/{key}"]
        if not h.is_place(law.jurisdiction):
            yield KnowledgeError(file, f"{key}.jurisdiction", f"no place is called {law.jurisdiction!r}.", "Write us, uk, au or ca, or a part: us-ca.")
        if file.split("/")[1:-1] != [law.jurisdiction]:
            yield KnowledgeError(file, f"{key}.jurisdiction", f"{law.jurisdiction!r} is not the folder's name.", "Make them equal.")
        both = {b for bodies in law.counts for b in bodies.boards} & {b for bodies in law.does_not_count for b in bodies.boards}
        if both:
            yield KnowledgeError(file, key, f"{', '.join(sorted(both))} both counts and does not count.", "Keep it in one of the two.")
        if any(not kept.bound and not kept.not_for for kept in law.kept):
            yield KnowledgeError(file, f"{key}.kept", "keeps words neither for anybody nor from anybody.", "Say `for` or `not_for`.")


def _adverts(k: Knowledge) -> Problems:
    owner: dict[str, str] = {}
    for key, word in k.adverts.items():
        for form in word.words:
            first = owner.setdefault(form.lower(), key)
            if first != key:
                file = k.files[f"advert word/{key}"]
                yield KnowledgeError(file, f"{key}.words", f"{form!r} already belongs to the advert word {first!r}.", "Keep it in one of the two.")


def _look_ups(k: Knowledge) -> Problems:
    for key, look_up in k.look_ups.items():
        if not h.is_place(look_up.place):
            yield KnowledgeError(k.files[f"look-up/{key}"], f"{key}.place", f"no place is called {look_up.place!r}.", "Write us, or a state: us-ca.")


def phrase_lists(k: Knowledge) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """(kind, id, file, key, says) of every list of patterns."""
    groups = (
        ("procedure", k.procedures),
        ("concern", k.concerns),
        ("payer", k.payers),
        ("elsewhere", k.elsewhere),
    )
    for kind, group in groups:
        for key, record in group.items():
            yield kind, key, k.files[f"{kind}/{key}"], "says", record.says
    for key, finding in k.findings.items():
        file = k.files[f"finding/{key}"]
        yield "finding", key, file, "says", finding.says
        yield "finding", key, file, "says_no", finding.says_no
        yield "cue", key, file, "cues", finding.cues
        for choice, says in finding.choices.items():
            yield f"choice of {key}", choice, file, f"choices.{choice}", says


def _phrases(k: Knowledge) -> Problems:
    owner: dict[tuple[str, str], str] = {}
    statements = [
        ("statement", key, k.files[f"statement/{key}"], name, says)
        for key, record in k.statements.items()
        for name, says in (("says", record.says), ("says_not", record.says_not))
    ]
    for kind, key, file, name, says in (*phrase_lists(k), *statements):
        for i, text in enumerate(says):
            at = f"{key}.{name}[{i}]"
            try:
                pattern = parse_pattern(text)
                for part in pattern.parts:
                    expand(part, k.words)
            except PatternError as fault:
                yield KnowledgeError(file, at, f"{text!r} {fault}.", "See “How people say it” in docs/how-to/write-knowledge.md.")
                continue
            if not set("[<") & set(text) and loses_meaning(text):
                yield KnowledgeError(file, at, f"{text!r} is read as one word, since its small words drop out.", "Add a word that carries meaning.")
            if kind == "statement" and (option := hollow(text)):
                yield KnowledgeError(file, at, f"{option!r} is read as one word that says nothing.", "Say it otherwise, or leave it out.")
            if kind == "statement" and (option := weakened(text)):
                yield KnowledgeError(file, at, f"{option!r} is read as {option.split()[1]!r}: small words fall out.", "Say it otherwise, or leave it out.")
            if kind == "cue" or name == "says_no":  # one denial may rule out several findings
                continue
            first = owner.setdefault((kind, text.lower()), key)
            if first != key:
                yield KnowledgeError(file, at, f"{text!r} already belongs to the {kind} {first!r}.", "Keep it in one of the two.")
    for key, procedure in k.procedures.items():
        if len(procedure.says) < FEWEST_SAYS:
            yield KnowledgeError(k.files[f"procedure/{key}"], f"{key}.says", f"has {len(procedure.says)} ways to say it.", f"Give at least {FEWEST_SAYS}.")


def _words(k: Knowledge) -> Problems:
    for name, phrases in k.words.items():
        if not phrases:
            yield KnowledgeError("lexicon/words", name, "is an empty class.", "Add words or remove it.")
        for phrase in filter(loses_meaning, phrases):
            yield KnowledgeError("lexicon/words", name, f"{phrase!r} is read as one word, since its small words drop out.", "Add a word or remove it.")


def _terms(k: Knowledge) -> Problems:
    """What `check` reads with: a phrase says one term, a kind is of known terms, a place is one."""
    names = {part.removeprefix("-") for name in k.terms for part in name.split("+")}
    owner: dict[str, str] = {}
    for name, phrases in k.terms.items():
        for phrase in phrases:
            first = owner.setdefault(phrase.lower(), name)
            if first != name:
                yield KnowledgeError("lexicon/terms.yaml", name, f"{phrase!r} already says {first!r}.", "Keep it in one of the two, or join them: `a+b`.")
    for name, kinds in k.kinds.items():
        for term in sorted({name, *kinds} - names):
            yield KnowledgeError("lexicon/kinds.yaml", name, f"no term is called {term!r}.", "Write a name of terms.yaml.")
    for place in k.jurisdictions:
        if not h.is_place(place) and not h.is_elsewhere(place):
            yield KnowledgeError("lexicon/jurisdictions.yaml", place, f"no place is called {place!r}.", "Write us, uk, au or ca, or a part: us-ca.")


def _formulas_and_tables(k: Knowledge) -> Problems:
    for key, derived in k.derived.items():
        if derived.formula not in FORMULAS:
            yield KnowledgeError(k.files[f"derived/{key}"], f"{key}.formula", f"no formula is called {derived.formula!r}.", f"One of {', '.join(FORMULAS)}.")
    for key, table in k.tables.items():
        starts = [row[0] for row in table.rows]
        if starts != sorted(set(starts)):
            yield KnowledgeError(k.files[f"table/{key}"], f"{key}.rows", "the first column does not rise.", "Sort the rows; each start once.")


def rules_of(k: Knowledge) -> Iterator[tuple[str, str, s.RawRule]]:
    """(file, name, raw rule) of every rule in the knowledge."""
    for version, policy in k.policies.items():
        for name in ("applies", "not_covered_when", "criteria"):
            raw = getattr(policy, name)
            if raw is not None:
                yield policy_file(k, policy), f"{version}.{name}", raw
    for key, sign in k.warning_signs.items():
        yield k.files[f"warning-sign/{key}"], f"{key}.when", sign.when
    for key, intent in k.intent.items():
        yield k.files[f"care/{key}"], f"{key}.reconstructive", intent.reconstructive
        yield k.files[f"care/{key}"], f"{key}.cosmetic", intent.cosmetic
    for key, note in k.readiness.items():
        yield k.files[f"readiness/{key}"], f"{key}.when", note.when


def _rules(k: Knowledge) -> Problems:
    kinds, tables = kinds_of(k), table_units(k)
    for file, name, raw in rules_of(k):
        try:
            parse_rule(raw, kinds, tables, Place(file, name))
        except KnowledgeError as problem:
            yield problem


def _windows(k: Knowledge) -> Problems:
    for one, other in combinations(k.policies.values(), 2):
        if one.id == other.id and one.in_force.overlaps(other.in_force):
            yield KnowledgeError(
                policy_file(k, other),
                f"{other.id}.in_force",
                f"overlaps the version from {one.in_force.start}.",
                "End the older version where the newer begins.",
            )
    for file, key, record in records(k):
        for path, _, value in _walk(record, key):
            if isinstance(value, Window) and value.until is not None and value.until <= value.start:
                yield KnowledgeError(file, path, "ends before it starts.", "Correct `from` (or `seen`) or `until`.")


def _unreachable(k: Knowledge) -> Problems:
    """A finding that no rule asks for and that neither a reader nor a code sets can never matter."""
    kinds, tables = kinds_of(k), table_units(k)
    asked: set[str] = {name for derived in k.derived.values() for name in derived.inputs}
    asked |= {name for code_set in k.code_sets.values() for name in code_set.means}
    asked |= {document for policy in k.policies.values() for document in policy.documents}
    for file, name, raw in rules_of(k):
        try:
            asked |= set(findings_of(parse_rule(raw, kinds, tables, Place(file, name))))
        except KnowledgeError:
            continue
    for key, finding in k.findings.items():
        if key not in asked and finding.role not in ("cause", "function", "looks", "person", "setting"):
            yield KnowledgeError(k.files[f"finding/{key}"], key, "no rule asks for this finding.", "Use it in a rule or remove it.")


def _second_looks(k: Knowledge) -> Problems:
    """The ledger of confirmations still holds of the records."""
    for place, entry in k.confirmed.items():
        file, bracket, number = place.partition("[")
        yield from _cite_list(k, file, f"{bracket}{number} {entry.figure}", entry.cites)
    named = {"/".join(entry.figure.split("/")[:2]) for entry in k.confirmed.values()}
    yield from unfounded(figures(records(k), named), k.confirmed)
