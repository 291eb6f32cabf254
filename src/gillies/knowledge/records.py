"""The knowledge as plain data: every record by its id. From a pack, each record is unpacked when it is first asked for."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import msgspec

from gillies.knowledge import schema as s
from gillies.knowledge import schema_hands as h
from gillies.knowledge.schema_adverts import AdvertClaim, AdvertRule
from gillies.knowledge.schema_codes import CodeSet
from gillies.knowledge.schema_rubrics import RubricItem
from gillies.knowledge.schema_score import ScoreItem
from gillies.knowledge.schema_statements import Statement

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values

K = TypeVar("K")
T = TypeVar("T")


class Knowledge(msgspec.Struct, frozen=True):
    """Everything gillies knows, each kind by id; a policy by id and version. `files` says where a record stands (kind/id -> path in data/).
    `confirmed` is the ledger of second looks, by its place in its file; the pack leaves it out."""

    sources: dict[str, s.Source]
    fields: dict[str, h.Field]
    boards: dict[str, h.Board]
    pathways: dict[str, h.Pathway]
    facilities: dict[str, h.Facility]
    title_laws: dict[str, h.TitleLaw]
    specialties: dict[str, h.Specialty]
    professions: dict[str, h.Profession]
    adverts: dict[str, h.AdvertWord]
    look_ups: dict[str, h.LookUp]
    procedures: dict[str, s.Procedure]
    concerns: dict[str, s.Concern]
    findings: dict[str, s.Finding]
    derived: dict[str, s.Derived]
    tables: dict[str, s.Table]
    payers: dict[str, s.Payer]
    policies: dict[str, s.Policy]
    cases: dict[str, s.PolicyCase]
    warning_signs: dict[str, s.WarningSign]
    readiness: dict[str, s.Readiness]
    elsewhere: dict[str, s.Elsewhere]
    shelf_lives: dict[str, s.ShelfLife]
    statements: dict[str, Statement]
    advert_claims: dict[str, AdvertClaim]
    advert_rules: dict[str, AdvertRule]
    score_items: dict[str, ScoreItem]
    rubric_items: dict[str, RubricItem]
    daily_life: dict[str, s.DailyLife]
    code_sets: dict[str, CodeSet]
    sites: dict[str, s.Site]
    words: dict[str, tuple[str, ...]]
    context: dict[str, tuple[str, ...]]
    means: dict[str, tuple[str, ...]]
    reference: dict[str, tuple[str, ...]]
    terms: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    assertion: dict[str, tuple[str, ...]]
    jurisdictions: dict[str, tuple[str, ...]]
    advert_words: dict[str, tuple[str, ...]]
    intent: dict[str, s.IntentRules]
    confirmed: dict[str, s.Confirmation]
    files: dict[str, str]


class Records(dict[K, T]):
    """A dict whose values stay packed until they are asked for: one answer needs few of them. It reads like any other dict, in the
    order of the pack; it is not written to."""

    def __init__(self, packed: memoryview, kind: Any, key: Any = str) -> None:
        """`packed`: a msgpack map from id to record; `kind`: what a record is; `key`: what an id is."""
        super().__init__()
        self._raw = packed
        self._kind = kind
        self._map: Any = dict[key, msgspec.Raw]

    @cached_property
    def _packed(self) -> dict[K, msgspec.Raw]:
        packed: dict[K, msgspec.Raw] = msgspec.msgpack.decode(self._raw, type=self._map)
        return packed

    @cached_property
    def _decode(self) -> Callable[[msgspec.Raw], T]:
        return msgspec.msgpack.Decoder(self._kind).decode

    def __missing__(self, key: K) -> T:
        record = self._decode(self._packed[key])
        super().__setitem__(key, record)
        return record

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[K]:
        return iter(self._packed)

    def get(self, key: K, default: Any = None) -> Any:
        """The record, or `default`."""
        return self[key] if key in self._packed else default

    def keys(self) -> "dict_keys[K, T]":
        """The ids (all records are unpacked: to look one up, use `in`)."""
        return {key: self[key] for key in self._packed}.keys()

    def values(self) -> "dict_values[K, T]":
        """The records, all unpacked."""
        return {key: self[key] for key in self._packed}.values()

    def items(self) -> "dict_items[K, T]":
        """The ids and records, all unpacked."""
        return {key: self[key] for key in self._packed}.items()


def pack(knowledge: Knowledge) -> bytes:
    """A Knowledge as msgpack, each kind of record by itself, so that what is not asked for is skipped without a look."""
    return msgspec.msgpack.encode({name: msgspec.msgpack.encode(getattr(knowledge, name)) for name in Knowledge.__struct_fields__})


def unpack(packed: memoryview) -> Knowledge:
    """A Knowledge from its pack."""
    kinds = {name: get_args(kind)[1] for name, kind in Knowledge.__annotations__.items()}
    sections = msgspec.msgpack.decode(packed, type=dict[str, memoryview])
    return Knowledge(**{name: Records(sections[name], kind) for name, kind in kinds.items()})
