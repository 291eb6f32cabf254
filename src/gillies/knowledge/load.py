"""YAML files -> one immutable `Knowledge`, with every problem of form that was met. YAML is for people: what runs is packed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gillies.errors import KnowledgeError
from gillies.knowledge import schema as s
from gillies.knowledge import schema_hands as h
from gillies.knowledge.records import Knowledge
from gillies.knowledge.schema_adverts import AdvertClaim, AdvertRule
from gillies.knowledge.schema_codes import CodeSet
from gillies.knowledge.schema_rubrics import RubricItem
from gillies.knowledge.schema_score import ScoreItem
from gillies.knowledge.schema_statements import Statement

DATA = Path(__file__).parent / "data"
R = TypeVar("R", bound=s.Record)


class Reader:
    """Reads the YAML tree, record by record, and collects every problem instead of stopping at the first."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.problems: list[KnowledgeError] = []
        self.files: dict[str, str] = {}

    def yaml(self, path: Path) -> Any:
        """The content of one file; a YAML fault or a doubled key is a problem, and None comes back."""
        import yaml

        try:
            return yaml.load(path.read_text(encoding="utf-8"), _unique_key_loader())  # noqa: S506  # our loader derives from the safe one
        except (yaml.YAMLError, UnicodeDecodeError) as fault:
            where = getattr(fault, "problem_mark", None)
            at = f"line {where.line + 1}" if where else "the file"
            what = getattr(fault, "problem", None) or str(fault)
            self.problems.append(KnowledgeError(self.name(path), at, f"not readable YAML: {what}.", "Mend the line; quote text that holds : # [ < or *."))
            return None

    def name(self, path: Path) -> str:
        """The path as shown to people."""
        return str(path.relative_to(self.data)) if path.is_relative_to(self.data) else str(path)

    def record(self, kind: type[R], raw: Any, path: Path, at: str) -> R | None:
        """One record, or a problem."""
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as fault:
            message, _, key = str(fault).partition(" - at `$")
            self.problems.append(KnowledgeError(self.name(path), f"{at}{key.rstrip('`')}", f"{message}.", "See docs/how-to/write-knowledge.md for the keys."))
            return None

    def one_each(self, kind: type[R], paths: list[Path], label: str) -> dict[str, R]:
        """One record a file; its id must be the file's (or its folder's) name."""
        found: dict[str, R] = {}
        for path in paths:
            record = self.record(kind, self.yaml(path), path, "")
            if record is None:
                continue
            key = record.id  # type: ignore[attr-defined]  # every kind read here has an id
            expected = path.parent.name if path.stem in ("procedure", "law") else path.stem
            if key != expected:
                self.problems.append(KnowledgeError(self.name(path), "id", f"{key!r} is not the name of its place, {expected!r}.", "Make them equal."))
            self.keep(found, key, record, path, label)
        return found

    def lists(self, kind: type[R], paths: list[Path], label: str, key: str = "id") -> dict[str, R]:
        """Files that hold a list of records."""
        found: dict[str, R] = {}
        for path, _at, record in self.rows(kind, paths):
            self.keep(found, getattr(record, key), record, path, label)
        return found

    def rows(self, kind: type[R], paths: list[Path]) -> Iterator[tuple[Path, str, R]]:
        """Each record of files that hold a list."""
        for path in paths:
            raw = self.yaml(path)
            if raw is None:
                continue
            if not isinstance(raw, list):
                self.problems.append(KnowledgeError(self.name(path), "the file", "must hold a list.", "Start each record with `- id: …`."))
                continue
            for number, item in enumerate(raw):
                at = f"[{item.get('id', number) if isinstance(item, dict) else number}]"
                record = self.record(kind, item, path, at)
                if record is not None:
                    yield path, at, record

    def keep(self, found: dict[str, R], key: str, record: R, path: Path, label: str) -> None:
        """Files a record under its id; a second one of the same id is a problem."""
        if key in found:
            self.problems.append(
                KnowledgeError(self.name(path), key, f"a second {label} of this id (the first: {self.files[f'{label}/{key}']}).", "Rename or merge.")
            )
            return
        found[key] = record
        self.files[f"{label}/{key}"] = self.name(path)

    def words(self, paths: list[Path]) -> dict[str, tuple[str, ...]]:
        """Files that map a name to a list of phrases."""
        found: dict[str, tuple[str, ...]] = {}
        for path in paths:
            raw = self.yaml(path)
            if not isinstance(raw, dict):
                continue
            for name, phrases in raw.items():
                if name in found or not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
                    self.problems.append(
                        KnowledgeError(self.name(path), str(name), "is doubled or not a list of words.", 'Give each class one list; quote "no", "yes", "on".')
                    )
                    continue
                found[str(name)] = tuple(str(phrase) for phrase in phrases)
        return found


def read(data: Path = DATA) -> tuple[Knowledge, list[KnowledgeError]]:
    """The whole knowledge from YAML, and every problem of form that was met. Slow (seconds); used to check and to pack."""
    r = Reader(data)

    def under(pattern: str) -> list[Path]:
        return sorted(data.glob(pattern))

    def words(name: str) -> dict[str, tuple[str, ...]]:
        return r.words(under(f"lexicon/{name}.yaml"))

    knowledge = Knowledge(
        sources=r.lists(s.Source, under("sources/*/*.yaml"), "source"),
        fields=r.one_each(h.Field, under("fields/*.yaml"), "field"),
        boards=r.one_each(h.Board, under("boards/*.yaml"), "board"),
        pathways=r.one_each(h.Pathway, under("pathways/*.yaml"), "pathway"),
        facilities=r.one_each(h.Facility, under("facilities/*.yaml"), "facility"),
        title_laws=r.one_each(h.TitleLaw, under("titles/*/*.yaml"), "title-law"),
        specialties=r.lists(h.Specialty, under("specialties.yaml"), "specialty", key="code"),
        professions=r.lists(h.Profession, under("professions.yaml"), "profession"),
        adverts=r.lists(h.AdvertWord, under("adverts.yaml"), "advert word"),
        look_ups=r.lists(h.LookUp, under("look-ups.yaml"), "look-up"),
        procedures=r.one_each(s.Procedure, under("procedures/*/procedure.yaml"), "procedure"),
        concerns=r.lists(s.Concern, under("concerns/*.yaml"), "concern"),
        findings=r.lists(s.Finding, under("findings/*.yaml"), "finding"),
        derived=r.lists(s.Derived, under("derived.yaml"), "derived"),
        tables=r.one_each(s.Table, under("tables/*.yaml"), "table"),
        payers=r.lists(s.Payer, under("payers.yaml"), "payer"),
        policies={policy.version: policy for policy in _policies(r, [*under("procedures/*/coverage/*.yaml"), *under("laws/*/*/law.yaml")])},
        cases=_cases(r, [*under("procedures/*/cases.yaml"), *under("laws/*/*/cases.yaml")]),
        warning_signs=r.one_each(s.WarningSign, under("safety/*.yaml"), "warning-sign"),
        readiness=r.one_each(s.Readiness, under("readiness/*.yaml"), "readiness"),
        elsewhere=r.one_each(s.Elsewhere, under("elsewhere/*.yaml"), "elsewhere"),
        statements=r.lists(Statement, [*under("statements/*.yaml"), *under("procedures/*/statements.yaml")], "statement"),
        advert_claims=r.lists(AdvertClaim, under("adverts/claims/*.yaml"), "advert-claim"),
        advert_rules=r.lists(AdvertRule, under("adverts/*.yaml"), "advert-rule"),
        score_items=r.lists(ScoreItem, under("score/*.yaml"), "score-item"), rubric_items=r.lists(RubricItem, under("rubrics/*.yaml"), "rubric-item"),
        daily_life=r.lists(s.DailyLife, under("daily-life.yaml"), "daily-life"), shelf_lives=r.lists(s.ShelfLife, under("shelf-lives.yaml"), "shelf-life"),
        code_sets=r.lists(CodeSet, under("codes/*.yaml"), "code-set"),
        sites=r.lists(s.Site, under("lexicon/sites.yaml"), "site"),
        words=r.words(under("lexicon/words/*.yaml")), context=words("context"), means=words("means"), reference=words("reference"),
        terms=words("terms"), kinds=words("kinds"), assertion=words("assertion"), jurisdictions=words("jurisdictions"), advert_words=words("adverts"),
        intent=r.one_each(s.IntentRules, under("care/intent.yaml"), "care"),
        confirmed=_confirmed(r, under("confirmed/*.yaml")),
        files=r.files,
    )  # fmt: skip
    return knowledge, r.problems


def _policies(r: Reader, paths: list[Path]) -> Iterator[s.Policy]:
    for path in paths:
        policy = r.record(s.Policy, r.yaml(path), path, "")
        if policy is None:
            continue
        if not policy.procedures and path.parent.name == "coverage":
            policy = msgspec.structs.replace(policy, procedures=(path.parent.parent.name,))
        r.files[f"policy/{policy.version}"] = r.name(path)
        yield policy


def _cases(r: Reader, paths: list[Path]) -> dict[str, s.PolicyCase]:
    cases = [case for _, _, case in r.rows(s.PolicyCase, paths)]
    return {f"{number} {case.policy}": case for number, case in enumerate(cases)}


def _confirmed(r: Reader, paths: list[Path]) -> dict[str, s.Confirmation]:
    return {f"{r.name(path)}{at}": entry for path, at, entry in r.rows(s.Confirmation, paths)}


def _unique_key_loader() -> type:
    """PyYAML's C loader (or the Python one), with doubled keys refused and dates left as written."""
    import yaml

    base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]  # the base is chosen at run time
        """Refuses a key that stands twice in one mapping."""

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = loader.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
        result: dict[Any, Any] = loader.construct_mapping(node, deep=True)
        return result

    def as_written(_loader: Any, node: Any) -> str:
        return str(node.value)

    Loader.add_constructor("tag:yaml.org,2002:timestamp", as_written)
    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    return Loader
