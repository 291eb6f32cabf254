"""One provider out of a registry: everything on record under its NPI."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from gillies.knowledge.schema import ShelfLife
from gillies.registry import manifest, record, shelf, store
from gillies.registry.search import files

if TYPE_CHECKING:
    from gillies.registry.search.open import Index


class OnRecord(msgspec.Struct, frozen=True):
    """What the files say under one NPI. `provider`: None where NPPES has none (the other files still may); `taxonomies`: by slot. An
    empty list means no record, never a no."""

    npi: int
    provider: record.Provider | None
    taxonomies: tuple[record.Taxonomy, ...] = ()
    other_names: tuple[record.OtherName, ...] = ()
    places: tuple[record.Place, ...] = ()
    deactivations: tuple[record.Deactivation, ...] = ()
    exclusions: tuple[record.Exclusion, ...] = ()
    clinicians: tuple[record.Clinician, ...] = ()
    services: tuple[record.Service, ...] = ()


MANY = {
    "other_names": ("other_name", record.OtherName), "places": ("place", record.Place), "deactivations": ("deactivation", record.Deactivation),
    "clinicians": ("clinician", record.Clinician), "services": ("service", record.Service),
}  # fmt: skip
"""Field of OnRecord -> the table that fills it and what it holds."""


class Registry:
    """A registry that is open for look-ups. It stays as it was when opened, even if a new one is built in its place."""

    def __init__(self, root: Path) -> None:
        """Opens the registry in a folder. Raises InputError where there is none."""
        self.manifest = manifest.needed(root)
        self._stale: tuple[date, tuple[shelf.Stale, ...]] | None = None
        self.folder = root / self.manifest.folder
        self.con: sqlite3.Connection = store.open_read_only(self.folder / store.FILE)
        self._files = files.opened(self.folder / files.FOLDER)
        self._provider = msgspec.json.Decoder(record.Provider).decode
        self._taxonomies = msgspec.json.Decoder(tuple[record.Taxonomy, ...]).decode
        self._exclusion = msgspec.json.Decoder(record.Exclusion).decode
        self._many = {field: (table, msgspec.json.Decoder(tuple[kind, ...]).decode) for field, (table, kind) in MANY.items()}  # type: ignore[valid-type]  # built here

    @cached_property
    def index(self) -> "Index":
        """What names, specialties and places are searched by."""
        from gillies.registry.search.open import Index  # brings numpy, which a look-up by number does not need

        return Index(self._files)

    def provider(self, npi: int) -> tuple[record.Provider | None, tuple[record.Taxonomy, ...]]:
        """What NPPES has under a number, and the specialties reported with it, by slot."""
        row = self.con.execute("SELECT record, taxonomies FROM provider WHERE npi = ?", (npi,)).fetchone()
        return (self._provider(row[0]), self._by_slot(row[1])) if row else (None, ())

    def _by_slot(self, taxonomies: str) -> tuple[record.Taxonomy, ...]:
        return tuple(sorted(self._taxonomies(taxonomies), key=lambda taxonomy: int(taxonomy.slot)))

    def on_record(self, npi: int) -> OnRecord:
        """Everything under a number, by the number alone: an exclusion under the same name is not in it."""
        held: dict[str, tuple[msgspec.Struct, ...]] = {field: self._all(field, npi) for field in self._many}
        held["exclusions"] = tuple(self._exclusion(row[0]) for row in self.con.execute("SELECT record FROM exclusion WHERE npi = ?", (npi,)))
        return OnRecord(npi, *self.provider(npi), **held)  # type: ignore[arg-type]  # each field by its own decoder

    def exclusions_of_person(self, last: str, first: str) -> tuple[record.Exclusion, ...]:
        """Lines of the LEIE under a person's name, as names are compared (names.key). A name alone is no identity."""
        rows = self.con.execute("SELECT record FROM exclusion WHERE last_key = ? AND first_key = ?", (last, first))
        return tuple(self._exclusion(row[0]) for row in rows)

    def exclusions_of_firm(self, name: str) -> tuple[record.Exclusion, ...]:
        """The same under a firm's name."""
        return tuple(self._exclusion(row[0]) for row in self.con.execute("SELECT record FROM exclusion WHERE business_key = ?", (name,)))

    def stale(self, on: date, shelves: Mapping[str, ShelfLife]) -> tuple[shelf.Stale, ...]:
        """Sources past their shelf life on a day, worked out anew when the day is another one."""
        if self._stale is None or self._stale[0] != on:
            self._stale = on, shelf.stale(self.manifest.sources, on, shelves)
        return self._stale[1]

    def other_names(self, npi: int) -> tuple[record.OtherName, ...]:
        """Further names of an organisation."""
        return self._all("other_names", npi)

    def places(self, npi: int) -> tuple[record.Place, ...]:
        """Further places of practice."""
        return self._all("places", npi)

    def _all(self, field: str, npi: int) -> tuple[Any, ...]:
        table, decode = self._many[field]
        return tuple(each for (records,) in self.con.execute(f"SELECT records FROM {table} WHERE npi = ?", (npi,)) for each in decode(records))

    def codes(self) -> Mapping[str, record.Code]:
        """The list of specialties that the registry was built with, by code."""
        return self._codes

    @cached_property
    def _codes(self) -> Mapping[str, record.Code]:
        decode = msgspec.json.Decoder(record.Code).decode
        return {code: decode(held) for code, held in self.con.execute("SELECT code, record FROM code")}

    def close(self) -> None:
        """Ends it."""
        self.con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
