"""The records of whose hands: fields of medicine, training pathways, boards, title laws, places of surgery, registry codes.

Strict, as in schema.py.
"""

from typing import Literal

import msgspec

from gillies.dates import Window
from gillies.knowledge.schema import Cite, Record, Said

Place = Literal["us", "uk", "au", "ca"]
PARTS = {
    "us": tuple(
        "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va "
        "wa wv wi wy".split()
    ),
    "uk": ("eng", "sct", "wls", "nir"),
    "au": ("act", "nsw", "nt", "qld", "sa", "tas", "vic", "wa"),
    "ca": ("ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt"),
}
"""The states, provinces and nations that a title law may belong to (`us-ca`), by country."""
Bound = Literal[
    "doctors", "dentists", "nurses", "physician-assistants", "pharmacists", "podiatrists", "health-professionals", "clinics", "advertisers", "anyone"
]
"""Whom a title law binds."""


ELSEWHERE = "elsewhere"
"""Begins the code of a country of which next to nothing is held: elsewhere-ie (lexicon/jurisdictions.yaml)."""


def is_elsewhere(jurisdiction: str) -> bool:
    """Whether a code is of a country of which next to nothing is held."""
    return jurisdiction.startswith(f"{ELSEWHERE}-")


def is_place(jurisdiction: str) -> bool:
    """Whether a code is one of these countries or a part of one."""
    country, _, part = jurisdiction.partition("-")
    return country in PARTS and (jurisdiction == country or part in PARTS[country])


BoardKind = Literal["abms", "aoa", "dental", "non-abms", "nursing", "physician-assistant", "international"]


class Recognition(Said, frozen=True, kw_only=True):
    """Who recognises (or does not recognise) a board."""

    by: str


class Founding(Record, frozen=True):
    """The year a board was founded."""

    year: int
    cites: tuple[Cite, ...] = ()


class Verification(Said, frozen=True, kw_only=True):
    """Where to verify a named doctor."""

    url: str


class Position(Said, frozen=True, kw_only=True):
    """What one side of a dispute says of itself or of the other."""

    who: str


class Board(Record, frozen=True):
    """A body that certifies people. `place`: us, uk, au or ca. `rules`: what laws and licensing bodies let its people do; `positions`: what the
    sides of a dispute say."""

    id: str
    name: str
    short: str
    kind: BoardKind
    demands: tuple[Said, ...]
    verify: Verification
    place: Place = "us"
    founded: Founding | None = None
    recognised: tuple[Recognition, ...] = ()
    not_recognised: tuple[Recognition, ...] = ()
    rules: tuple[Position, ...] = ()
    positions: tuple[Position, ...] = ()
    fields: tuple[str, ...] = ()


class CitedWindow(Window, frozen=True, kw_only=True):
    """A stretch of time, and where its days were read."""

    cites: tuple[Cite, ...] = ()


class Demand(Said, frozen=True, kw_only=True):
    """One thing a title law asks for or forbids; `in_force` where it differs from the law's own window."""

    in_force: CitedWindow | None = None


class Bodies(Said, frozen=True, kw_only=True):
    """Which boards a title law means: whole kinds of them, or single ones."""

    kinds: tuple[BoardKind, ...] = ()
    boards: tuple[str, ...] = ()


class Kept(Record, frozen=True, kw_only=True):
    """Words that a law keeps for some professions, or from some. `specialties`: every word for a medical specialty as well (adverts.yaml marks them)."""

    titles: tuple[str, ...] = ()
    specialties: bool = False
    bound: tuple[Bound, ...] = msgspec.field(name="for", default=())
    not_for: tuple[Bound, ...] = ()
    cites: tuple[Cite, ...] = ()


class TitleLaw(Record, frozen=True):
    """A law or a professional rule on who may use which title or board claim, and on what adverts may say. Without `in_force`: in force
    when it was read, since a day that nobody verified. `titles`: the words it governs; `kept`: those that only some professions may use;
    `letters`: which doctors it is about, where not about all."""

    id: str
    name: str
    jurisdiction: str
    level: Literal["law", "regulation", "board-rule", "guidance", "self-regulation"]
    binds: tuple[Bound, ...]
    demands: tuple[Demand, ...]
    in_force: CitedWindow | None = None
    titles: tuple[str, ...] = ()
    letters: tuple[Literal["MD", "DO"], ...] = ()
    counts: tuple[Bodies, ...] = ()
    does_not_count: tuple[Bodies, ...] = ()
    kept: tuple[Kept, ...] = ()
    adverts_forbid: tuple[Demand, ...] = ()
    adverts_must_say: tuple[Demand, ...] = ()
    enforced: tuple[Said, ...] = ()
    complain: Verification | None = None
    disputed: tuple[Position, ...] = ()


class Step(Record, frozen=True):
    """One stage of training; `years` is least and most."""

    name: str
    years: tuple[float, float]
    accreditor: str = ""
    cites: tuple[Cite, ...] = ()


class Minimum(Said, frozen=True, kw_only=True):
    """The least number of operations of one kind that the accreditor wants logged: the firmest evidence that training includes them."""

    count: int
    procedures: tuple[str, ...]


class Pathway(Record, frozen=True):
    """A way to be trained, counted from the end of medical (dental, nursing) school. `place`: us, uk, au or ca."""

    id: str
    name: str
    field: str
    who: Literal["physician", "dentist", "nurse", "physician-assistant", "other"]
    steps: tuple[Step, ...]
    boards: tuple[str, ...] = ()
    teaches: Said | None = None
    limits: Said | None = None
    minimums: tuple[Minimum, ...] = ()
    place: Place = "us"

    @property
    def years(self) -> tuple[float, float]:
        """Least and most years in all."""
        return sum(step.years[0] for step in self.steps), sum(step.years[1] for step in self.steps)


class Facility(Record, frozen=True):
    """A body that accredits the places where surgery is done, or a licence they need."""

    id: str
    name: str
    short: str
    demands: tuple[Said, ...]
    verify: Verification
    place: Place = "us"


class Relation(Said, frozen=True, kw_only=True):
    """How a field stands to another one."""

    to: str


class Field(Record, frozen=True, kw_only=True):
    """A discipline: what it is, what it is for, what structure it works on, and how it overlaps with others."""

    id: str
    name: str
    what: Said = msgspec.field(name="is")
    purpose: Literal["form", "function", "both"]
    structure: Said | None = None
    relations: tuple[Relation, ...] = ()
    disputed: tuple[Position, ...] = ()


class Specialty(Record, frozen=True):
    """A NUCC code number, our own name for it, and the pathways it suggests, the likeliest first. Self-reported in NPPES. `vague`: it names no field."""

    code: str
    name: str
    pathways: tuple[str, ...] = ()
    vague: bool = False
    cites: tuple[Cite, ...] = ()


ProfessionId = Literal["physician", "dentist", "nurse", "physician-assistant", "podiatrist", "pharmacist", "other"]


class Profession(Record, frozen=True, kw_only=True):
    """A licensed profession. `codes`: beginnings of its NUCC codes (the longest that fits counts); `credentials`: letters behind a name that stand for
    it; `bound`: what title laws call its people, besides health professionals."""

    id: ProfessionId
    name: str
    codes: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    bound: tuple[Bound, ...] = ()
    cites: tuple[Cite, ...] = ()


class AdvertWord(Record, frozen=True, kw_only=True):
    """A word that people advertise themselves with. `words`: its forms; `pathways`: the training it makes people think of; `specialty`: whether it
    names a medical specialty; `own`: the profession whose own name it is, so that no other title is read inside it; `say`: what it does not tell."""

    id: str
    words: tuple[str, ...]
    pathways: tuple[str, ...] = ()
    specialty: bool = False
    own: ProfessionId | None = None
    say: Said | None = None


class LookUp(Record, frozen=True, kw_only=True):
    """Where a person may be looked up. `place`: us, or a state (us-ca); `url`: the body's own page, `search` its search page where one was found;
    `professions`: whom it knows (empty: everybody); `letters`: MD or DO where there is a board for each."""

    id: str
    place: str
    kind: Literal["license", "exclusions", "npi"]
    name: str
    url: str
    search: str = ""
    professions: tuple[ProfessionId, ...] = msgspec.field(name="for", default=())
    letters: tuple[Literal["MD", "DO"], ...] = ()
    say: str = ""
    cites: tuple[Cite, ...] = ()
