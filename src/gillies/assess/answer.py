"""The shape of an answer: the contract of `assess` (names change only with a note in docs/decisions/)."""

from datetime import date

import msgspec

from gillies.knowledge.schema import Act, Care, Intent, Source


class Found(msgspec.Struct, frozen=True, gc=False):
    """Something read in the text. `span`: characters [from, to)."""

    kind: str
    id: str
    value: bool | float | str
    span: tuple[int, int]
    quote: str
    negated: bool = False
    about: str = "self"


class Why(msgspec.Struct, frozen=True, gc=False):
    """One reason, with its sources."""

    say: str
    cites: tuple[str, ...] = ()


class Urgent(msgspec.Struct, frozen=True):
    """A warning sign that is present."""

    id: str
    name: str
    act: Act
    say: str
    why: str
    cites: tuple[str, ...]


class Named(msgspec.Struct, frozen=True, gc=False):
    """A procedure that is wanted or fits."""

    procedure: str
    name: str
    also_called: tuple[str, ...]


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement with its sources; `unverified` where nobody could check it."""

    say: str
    cites: tuple[str, ...] = ()
    unverified: bool = False
    serious: bool = False
    rate: str = ""
    days: tuple[int, int] | None = None


class Option(msgspec.Struct, frozen=True):
    """One way to go, doing nothing included."""

    procedure: str
    name: str
    invasiveness: str
    summary: str
    anaesthesia: Sentence | None
    setting: Sentence | None
    recovery: tuple[Sentence, ...]
    lasts: Sentence | None
    risks: tuple[Sentence, ...]
    cites: tuple[str, ...]


class HandFit(msgspec.Struct, frozen=True):
    """A training pathway that fits, the board that follows, and how firmly it covers the procedure."""

    pathway: str
    name: str
    years: tuple[float, float]
    boards: tuple[str, ...]
    board: str
    procedure: str
    fit: str
    why: str
    cites: tuple[str, ...]
    logged: str = ""
    """The least number of such operations that the accreditor wants logged, where it is published."""


class CoverageAnswer(msgspec.Struct, frozen=True, gc=False):
    """What one policy or law says of one procedure. `outcome`: likely-covered, likely-not-covered, depends."""

    policy: str
    title: str
    payer: str
    procedure: str
    outcome: str
    say: str
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    missing: tuple[str, ...]
    documents: tuple[str, ...]
    would_change: tuple[str, ...]
    cites: tuple[str, ...]
    law: bool = False
    decides: bool = False
    guide_only: bool = False


class Part(msgspec.Struct, frozen=True):
    """One need of the text, with its own answer to each question."""

    concern: str
    site: str
    intent: Intent
    care: tuple[Care, ...]
    why: tuple[Why, ...]
    procedures: tuple[str, ...]
    options: tuple[Option, ...]
    hands: tuple[HandFit, ...]
    coverage: tuple[CoverageAnswer, ...]
    outcome: str


class Ready(msgspec.Struct, frozen=True):
    """A reason to wait or to be assessed first."""

    id: str
    name: str
    say: str
    why: str
    cites: tuple[str, ...]


class Ask(msgspec.Struct, frozen=True, gc=False):
    """A question: to the person (it would change the answer) or to take along to the provider."""

    to: str
    ask: str
    about: str = ""
    how: str = ""


class SourceOut(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source as shown to people."""

    title: str
    publisher: str
    url: str
    looked_up: str
    kind: str
    published: str = ""
    read_at: str = ""
    secondary: bool = False
    overdue: bool = False

    @classmethod
    def of(cls, source: Source, on: date) -> "SourceOut":
        """A source as it is shown on a day."""
        day, of = source.looked_up.isoformat(), str(source.published or source.effective or "")
        return cls(source.title, source.publisher, source.url, day, source.kind, of, source.read_at, source.secondary, source.review_by < on)


class Assessment(msgspec.Struct, frozen=True):
    """The whole answer."""

    id: str
    as_of: str
    in_scope: bool
    decline: str | None
    urgent: tuple[Urgent, ...]
    care: tuple[Care, ...]
    intent: Intent
    coverage: str
    procedures: tuple[Named, ...]
    found: tuple[Found, ...]
    parts: tuple[Part, ...]
    readiness: tuple[Ready, ...]
    ask: tuple[Ask, ...]
    cannot_know: tuple[str, ...]
    sources: dict[str, SourceOut]
