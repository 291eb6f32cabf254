"""The records of the knowledge. Strict: an unknown key, a wrong type or a value outside its list is refused on reading.

docs/how-to/write-knowledge.md is the guide for authors; this file and schema_hands.py are the definition. A `Cite` is `source-id @ place`.
"""

from datetime import date
from typing import Any, Literal

import msgspec

from gillies.dates import Window

Cite = str
RawRule = dict[str, Any]
Intent = Literal["cosmetic", "reconstructive", "mixed", "undetermined"]
Care = Literal["reconstructive-plastic-surgery", "cosmetic-surgery", "cosmetic-dermatology", "mixed", "something-else"]
Fit = Literal["core", "fellowship", "related", "outside"]
Act = Literal["call-emergency", "same-day", "soon"]
Invasiveness = Literal["non-invasive", "minimally-invasive", "surgical"]
PayerKind = Literal[
    "original-medicare", "medicare-advantage", "medicaid", "tricare", "federal-employees", "insured", "self-funded", "self-funded-government", "none"
]
PolicyKind = Literal["policy", "national-determination", "local-determination", "manual", "statute", "regulation", "plan-brochure"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all records: frozen, by keyword, no unknown keys."""


class Source(Record, frozen=True):
    """Where a fact was read."""

    id: str
    title: str
    publisher: str
    kind: Literal["statute", "regulation", "coverage-policy", "board", "society", "agency", "journal", "code-set", "plan", "reference", "news"]
    url: str
    looked_up: date
    review_by: date
    read_at: str = ""
    published: str | int = ""
    effective: str | int = ""
    secondary: bool = False


class Said(Record, frozen=True):
    """One fact in one sentence, with where it was read. `unverified` facts are shown as such."""

    say: str
    cites: tuple[Cite, ...] = ()
    unverified: bool = False


class Span(Said, frozen=True, kw_only=True):
    """A stretch of days, least and most, with its sentence."""

    days: tuple[int, int]


class Rate(Record, frozen=True):
    """`count` in `of` people, within a stretch of time."""

    count: float
    of: int
    within: str = ""


class Risk(Said, frozen=True):
    """A possible harm; `rate` only where a sound source gives one."""

    serious: bool = False
    rate: Rate | None = None


class Recovery(Record, frozen=True):
    """Days until light activity, and until full recovery."""

    light: Span | None = None
    full: Span | None = None


class Alternatives(Record, frozen=True):
    """Procedure ids on the less and the more invasive side."""

    less: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


class Hand(Record, frozen=True):
    """How firmly a training pathway covers a procedure."""

    pathway: str
    fit: Fit
    why: str
    cites: tuple[Cite, ...] = ()


class Codes(Record, frozen=True):
    """Code numbers that bill the procedure; no descriptors."""

    cpt: tuple[str, ...] = ()
    hcpcs: tuple[str, ...] = ()
    icd10pcs: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()


class CareBy(Record, frozen=True):
    """The kind of care, by what it is for."""

    cosmetic: Care | None = None
    reconstructive: Care | None = None


class Procedure(Record, frozen=True):
    """Something that can be done (or tried first), surgical or not. `does_not_apply`: why there is nothing to tell of, in plain words; it follows
    from the summary, whose sources stand for it."""

    id: str
    name: str
    says: tuple[str, ...]
    area: Literal[
        "face", "eyes", "nose", "ears", "lips", "neck", "skin", "scars", "hair", "breast", "trunk", "limbs", "hand", "congenital", "burns",
        "cancer-reconstruction", "injectables", "lasers-and-light", "peels", "energy-devices", "fat-reduction", "veins", "jaw", "gender",
    ]  # fmt: skip
    sites: tuple[str, ...]
    summary: Said
    typical_intent: Intent
    care: CareBy
    invasiveness: Invasiveness
    also_called: tuple[str, ...] = ()
    form_of: str = ""
    excludes: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()
    turns: Said | None = None
    uses: tuple[
        Literal["cutting", "needles", "implants", "filler", "toxin", "laser", "energy", "chemical", "general-anaesthesia", "stitches", "medicine"], ...
    ] = ()
    anaesthesia: Said | None = None
    setting: Said | None = None
    recovery: Recovery = Recovery()
    lasts: Said | None = None
    risks: tuple[Risk, ...] = ()
    alternatives: Alternatives = Alternatives()
    doing_nothing: Said | None = None
    does_not_apply: dict[Literal["anaesthesia", "setting", "recovery", "lasts"], str] = {}
    hands: tuple[Hand, ...] = ()
    questions: tuple[str, ...] = ()
    codes: Codes = Codes()
    cites: tuple[Cite, ...] = ()


class Concern(Record, frozen=True):
    """What bothers a person. It is also a yes/no finding of the same id. `general`: said of a place at large, it gives way to anything more exact."""

    id: str
    name: str
    says: tuple[str, ...]
    site: str
    lean: Literal["reconstructive", "cosmetic", "neutral"]
    role: Literal["looks", "function", "structure", "cause", "complication"]
    procedures: tuple[str, ...] = ()
    general: bool = False
    icd10cm: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()


class Finding(Record, frozen=True):
    """A fact that rules ask for. `paper`: what to gather, where a policy asks for it as a document."""

    id: str
    type: Literal["yes-no", "number", "duration", "choice"]
    role: Literal["function", "cause", "looks", "treatment", "document", "measure", "person", "plan", "symptom", "setting", "part"]
    question: str
    effort: Literal[1, 2, 3] = 2
    paper: str = ""
    unit: str = ""
    how_to_find_out: str = ""
    plausible: tuple[float, float] | None = None
    says: tuple[str, ...] = ()
    says_no: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = {}
    cites: tuple[Cite, ...] = ()


class Derived(Record, frozen=True, kw_only=True):
    """A finding that follows from others by a named formula."""

    id: str
    unit: str
    formula: str
    inputs: tuple[str, ...] = msgspec.field(name="from")
    question: str
    cites: tuple[Cite, ...] = ()


class Table(Record, frozen=True):
    """A table as data: each row is (from this value of `by` on, the limit); a limit of null: from here on nobody could verify it."""

    id: str
    name: str
    by: str
    by_unit: str
    gives_unit: str
    rows: tuple[tuple[float, float | None], ...]
    cites: tuple[Cite, ...]
    note: str = ""


class Policy(Record, frozen=True):
    """One version of a payer's policy, or a law that decides coverage. `criteria` met = likely covered."""

    id: str
    title: str
    kind: PolicyKind
    in_force: Window
    say: str
    cites: tuple[Cite, ...]
    payer: str = ""
    payer_kinds: tuple[PayerKind, ...] = ()
    states: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    overrides: bool = False
    applies: RawRule | None = None
    not_covered_when: RawRule | None = None
    criteria: RawRule | None = None
    documents: tuple[str, ...] = ()
    demands: tuple[Said, ...] = ()

    @property
    def version(self) -> str:
        """What tells this version from others of the policy: its id and the first day it is in force, as far as is known."""
        return f"{self.id}@{self.in_force.start}"


class PolicyCase(Record, frozen=True):
    """A boundary case of one policy; `day` picks the version in force that day, else the newest is meant. `silent`: the policy does not apply."""

    name: str
    policy: str
    given: dict[str, bool | float | str]
    expect: Literal["met", "not-met", "unknown", "silent"]
    missing: tuple[str, ...] = ()
    day: date | None = None


class Example(Record, frozen=True):
    """A text, and whether the warning sign must ring."""

    text: str
    urgent: bool


class Confirmation(Record, frozen=True):
    """What a second reader found who looked a figure up without seeing ours. `figure` is its address (figures.py); `found` its values in order."""

    figure: str
    verdict: Literal["agree", "differs", "not-found"]
    looked_up: date
    found: tuple[str | float, ...] = ()
    cites: tuple[Cite, ...] = ()
    note: str = ""


class WarningSign(Record, frozen=True):
    """When to act fast, and what to do."""

    id: str
    name: str
    act: Act
    when: RawRule
    say: str
    why: Said
    examples: tuple[Example, ...]


class AppliesTo(Record, frozen=True):
    """Which procedures a readiness note is for; empty = every one."""

    uses: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class Readiness(Record, frozen=True, kw_only=True):
    """Who should wait, or be assessed first."""

    id: str
    name: str
    when: RawRule
    say: str
    why: Said
    applies_to: AppliesTo = msgspec.field(name="for", default=AppliesTo())


class DailyLife(Said, frozen=True, kw_only=True):
    """What life is like after treatment. `of`: how invasive it is; `intent`: what it is for (none: either)."""

    id: str
    of: tuple[Invasiveness, ...]
    intent: tuple[Intent, ...] = ()


class Elsewhere(Record, frozen=True):
    """What is not ours, and where to turn."""

    id: str
    name: str
    says: tuple[str, ...]
    turn: str
    always: bool = False
    cites: tuple[Cite, ...] = ()


class ShelfLife(Record, frozen=True):
    """How long one kind of official file may be relied on. `id`: the file's kind (registry/kinds.py); `days`: counted from its release; `caveats`: what
    it cannot tell."""

    id: str
    name: str
    url: str
    days: int
    why: str
    cites: tuple[Cite, ...] = ()
    caveats: tuple[Said, ...] = ()


class Payer(Record, frozen=True):
    """Who may pay. `part_of`: whose rules apply where it has none of its own."""

    id: str
    name: str
    kind: PayerKind
    says: tuple[str, ...]
    part_of: str = ""
    states: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()


class Site(Record, frozen=True):
    """A place on the body."""

    id: str
    name: str
    within: str = ""


class IntentRules(Record, frozen=True):
    """When a part of a request is reconstructive and when it is cosmetic; both met = mixed, neither = the procedure's typical intent."""

    id: str
    reconstructive: RawRule
    cosmetic: RawRule
    cites: tuple[Cite, ...]
