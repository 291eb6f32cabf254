"""The generated pages under docs/reference/ are those of the knowledge, and their links lead somewhere."""

import importlib.util
import re
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec
import pytest

from gillies.knowledge.load import read
from gillies.knowledge.schema import Confirmation

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs/reference"


@pytest.fixture(scope="module")
def made():
    """Makes the pages of some knowledge."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools/reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages


@pytest.fixture(scope="module")
def pages(made):
    return made(read()[0])


def test_the_pages_are_those_of_the_knowledge(pages):
    held = {str(path.relative_to(OUT)): path.read_text(encoding="utf-8") for path in OUT.rglob("*.md")}
    stale = sorted(name for name in held.keys() | pages.keys() if held.get(name) != pages.get(name))
    assert not stale, f"{len(stale)} pages are stale: run `make reference` ({', '.join(stale[:5])} …)"


def test_links_between_pages_lead_somewhere(pages):
    broken = []
    for name, text in pages.items():
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
            path = PurePosixPath(name).parent / target
            folded = "/".join(part for i, part in enumerate(path.parts) if part != ".." and path.parts[i + 1 : i + 2] != ("..",))
            if folded not in pages:
                broken.append(f"{name}: {target}")
    assert not broken, broken[:5]


def test_a_page_stands_on_its_own(pages):
    page = pages["procedures/septoplasty.md"]
    assert page.startswith("# Straightening the wall inside the nose (septoplasty)\n")
    for needed in (
        "## Risks",
        "## Whose hands",
        "## Who pays",
        "## Sources",
        "read 2026-",
        "../pathways/otolaryngology.md",
        "../policies/aetna-septoplasty.md",
    ):
        assert needed in page
    cited = {int(n) for n in re.findall(r" \[(\d+)\]", page)}
    assert cited <= {int(n) for n in re.findall(r"^(\d+)\. \[", page, re.M)}


def test_a_procedure_is_told_once(pages):
    page = pages["procedures/septoplasty.md"]
    assert "Also called: deviated septum surgery" in page  # and not its name again
    assert "- Usually done for function or repair: reconstructive surgery" in page
    assert page.index("- Serious: A sunken bridge") < page.index("- The wall is still not straight enough") < page.index("- Any problem")
    assert "- Recovery: There is nothing to recover from." in pages["procedures/silicone-gel-sheeting.md"]


def test_a_board_of_nurses_speaks_of_nurses(pages):
    page = pages["boards/psncb.md"]
    assert page.startswith("# Plastic Surgical Nursing Certification Board (CPSN and CANS)\n\nIn short: PSNCB.")
    for heading in ("## Why ABMS does not list it", "## What the rules let a nurse do", "## How to look a nurse up"):
        assert heading in page
    assert "Not recognised by" not in page
    assert page.index("- Nevada law:") < page.index("## What each side says")


def test_versions_of_a_policy_are_nested_and_say_once_what_is_the_same(pages):
    page = pages["policies/uhc-lipedema.md"]
    newest, older = page.split("## Earlier version: ")
    assert "\n## Covered when" in newest
    assert "\n### Covered when" in older
    assert "- Photographs of the problem\n" in newest
    assert "Papers to gather" not in older
    assert "Procedures" not in older


def test_pages_name_the_copy_that_was_read_and_no_place_that_is_none(pages):
    assert "Read at: <https://" in pages["boards/psncb.md"]
    assert not [name for name, text in pages.items() if re.search(r"At: (.*; )?whole page[;.]", text)]


def test_both_figures_stand_where_two_readers_differ(made):
    knowledge = read()[0]
    kept = {place: held for place, held in knowledge.confirmed.items() if held.figure != "board/abo/founded/year"}
    other = Confirmation(figure="board/abo/founded/year", verdict="differs", looked_up=date(2026, 11, 21), found=(1917.0,), cites=("abop-history @ text",))
    told = made(msgspec.structs.replace(knowledge, confirmed={**kept, "made up": other}))
    assert "## Figures on which two readers differ\n\n- Founded: the year 1916; a second reader found 1917." in told["boards/abo.md"]
    assert [name for name, text in told.items() if "‡" in text and name.startswith("boards/")] == ["boards/abo.md"]
