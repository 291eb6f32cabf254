"""The generated pages under docs/reference/ are those of the knowledge, and their links lead somewhere."""

import importlib.util
import re
from pathlib import Path, PurePosixPath

import pytest

from gillies.knowledge.load import read

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs/reference"


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools/reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages(read()[0])


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
