"""Code sets: what codes on a claim say of a case, as findings. docs/how-to/write-knowledge.md tells how to write one."""

from typing import Literal

from gillies.knowledge.schema import Cite, Record

CodeSystem = Literal["icd-10-cm", "icd-10-pcs", "hcpcs", "modifier", "place", "revenue"]
Protected = Literal["mastectomy", "cleft", "burns", "trauma", "congenital"]


class CodeSet(Record, frozen=True):
    """Codes that say the same of a case. A code that is absent says nothing: it leaves every finding unknown.

    `codes`: prefixes, or (ICD-10-CM) ranges of three-character categories with both ends in; `but_not`: prefixes taken out again; dots do
    not count. `means`: finding or concern ids with their value; empty where the set is only there to be listed as protected. `sites`: where
    the codes are about one place of the body, they count only for care there (codes.speaks_of). `protected`: the care after which the law wants it covered."""

    id: str
    system: CodeSystem
    codes: tuple[str, ...]
    means: dict[str, bool | float | str]
    say: str
    cites: tuple[Cite, ...]
    but_not: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    protected: Protected | None = None
