"""What a build was given, looked over before any work: each file's kind, day and columns. Whatever can be refused is refused here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from gillies.errors import InputError
from gillies.registry import archive, workbook
from gillies.registry.archive import Member
from gillies.registry.chunks import header as read_header
from gillies.registry.kinds import DAC, DEACTIVATED, LEIE, NPPES, NUCC, OTHER_NAME, PLACES, PUF, Kind, begins, is_full, is_header_only, pick, places, released
from gillies.registry.manifest import Manifest


class Given(msgspec.Struct, frozen=True):
    """The files of a build. `nppes`: one full file and any number of weekly ones."""

    nppes: tuple[Path, ...]
    deactivated: Path | None = None
    leie: Path | None = None
    dac: Path | None = None
    puf: Path | None = None
    nucc: Path | None = None


class Planned(msgspec.Struct, frozen=True):
    """A file that will be read. `wanted`: our columns -> their places in its header; `released`: None until its rows tell it; `ignored`: what else is in
    its ZIP and is passed over."""

    kind: Kind
    member: Member
    header: tuple[str, ...]
    wanted: dict[str, int]
    released: date | None
    told_by: str
    full: bool
    ignored: tuple[str, ...] = ()


def survey(given: Given, onto: Manifest | None = None) -> list[Planned]:
    """The files to read, in the order in which to read them: what a newer file has is left out of an older one. `onto`: the registry that they come on
    top of. Raises InputError."""
    providers = [plan for path in given.nppes for plan in _bundle(path)]
    mains = [plan for plan in providers if plan.kind is NPPES]
    since = newest(onto) if onto else _full(mains)
    if onto and any(plan.full for plan in mains):
        raise InputError("A full file of NPPES is not put on top of another: make the registry anew from it (gillies registry build).")
    weeks = sorted((plan for plan in mains if not plan.full), key=lambda plan: plan.released or date.min, reverse=True)
    kept = [plan for plan in weeks if since is None or (plan.released or date.max) > since] + [plan for plan in mains if plan.full]
    if onto and mains and not kept:
        raise InputError(f"{weeks[0].member.path} is of {weeks[0].released}, and the registry has NPPES up to {since} already: nothing was changed.")
    ordered = [plan for main in kept for plan in (main, *(p for p in providers if p.member.path == main.member.path and p.kind is not NPPES))]
    alone = ((DEACTIVATED, given.deactivated), (LEIE, given.leie), (DAC, given.dac), (PUF, given.puf), (NUCC, given.nucc))
    others = [_alone(kind, path) for kind, path in alone if path is not None]
    first = [plan for plan in others if plan.kind is DEACTIVATED]  # providers are told by it which of them are gone
    return first + ordered + [plan for plan in others if plan.kind is not DEACTIVATED]


def _full(mains: Sequence[Planned]) -> date | None:
    """The day of the one full file. Raises InputError where there is none, or two."""
    full = [plan for plan in mains if plan.full]
    if not full:
        raise InputError(
            f"{mains[0].member.path} holds a week's changes only: give the full monthly file of NPPES as well (--nppes FULL.zip WEEKLY.zip), or put it on top "
            "of a registry that is there (gillies registry update)."
        )
    if len(full) > 1:
        raise InputError(
            f"{full[0].member.path} and {full[1].member.path} are both full files of NPPES: give the newer one only, and any weekly files after it."
        )
    return full[0].released


def newest(made: Manifest) -> date | None:
    """The day up to which a registry knows of changes in NPPES."""
    return max((source.released for source in made.sources if source.kind == NPPES.id and source.released), default=None)


def missing_weeks(plans: Sequence[Planned], onto: Manifest | None) -> list[str]:
    """Sentences on days between the files of NPPES that none of them tells of: what changed in them would be missing without a sign."""
    files = sorted((plan for plan in plans if plan.kind is NPPES and plan.released), key=lambda plan: plan.released or date.min)
    told, found = newest(onto) if onto else None, []
    for plan in files:
        start = begins(NPPES, plan.member.name)
        if told and start and not plan.full and start > told + timedelta(1):
            found.append(f"No file of NPPES tells what changed from {told + timedelta(1)} to {start - timedelta(1)}, before {plan.member.name}.")
        told = max(filter(None, (told, plan.released)))
    return found


def _bundle(path: Path) -> list[Planned]:
    """The files of a NPPES ZIP: providers, and where they are there, other names and places."""
    inside = archive.members(path)
    main = pick(NPPES, inside)
    if main is None:
        raise InputError(f"{path} holds no npidata_pfile_….csv: give the ZIP as it is published on download.cms.gov/nppes.")
    also = [(kind, pick(kind, inside)) for kind in (OTHER_NAME, PLACES) if main.inside]
    read = [(kind, member) for kind, member in ((NPPES, main), *also) if member]
    ignored = tuple(sorted(each.name for each in inside if each not in [member for _, member in read] and not is_header_only(each.name)))
    plans = [_plan(kind, member) for kind, member in read]
    return [msgspec.structs.replace(plans[0], ignored=ignored), *plans[1:]]


def _alone(kind: Kind, path: Path) -> Planned:
    member = pick(kind, archive.members(path))
    if member is None:
        raise InputError(f"{path} holds no file of {kind.title}: give it as it is published.")
    return _plan(kind, member)


def _plan(kind: Kind, member: Member) -> Planned:
    with archive.opened(member) as source:
        header = workbook.header(source, member.name, kind) if member.name.lower().endswith(".xlsx") else read_header(source, member.name)
    told = released(kind, member.name, member.path.name)
    by = "name" if told else ""
    if not told and not kind.days:  # nothing in its rows tells the day either
        told, by = datetime.fromtimestamp(member.path.stat().st_mtime).date(), "the day of the file"  # the day as its owner sees it
    return Planned(kind, member, header, places(kind, header, member.name), told, by, kind is not NPPES or is_full(kind, member.name))


def lost_columns(plans: Sequence[Planned], before: Manifest | None) -> list[str]:
    """Sentences on columns of ours that a file had when the registry was last built and has no more."""
    had: Mapping[str, set[str]] = {source.kind: set(source.columns) for source in before.sources if source.full} if before else {}
    return [
        f"{plan.member.name} has lost the column {', '.join(plan.kind.columns[ours].split('|')[0] for ours in sorted(lost))}, which the last one had."
        for plan in plans
        if plan.full and (lost := had.get(plan.kind.id, set()) - set(plan.wanted))
    ]
