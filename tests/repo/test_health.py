"""The repository's own health: each failure says how to mend it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SRC = ROOT / "src/gillies"
LAYERS = [
    {"errors", "logic", "dates"},
    {"rules"},
    {"backends"},
    {"phrases"},
    {"knowledge"},
    {"tell", "tell_figures"},
    {"reading"},
    {"assess"},
    {"door"},
    {"batch", "htmlfile", "terminal"},
    {"check"},
    {"screen"},
    {"registry"},
    {"audit"},
    {"show"},
    {"web"},
    {"cli"},
    {"__main__"},
]
"""From the ground up: a module may import from its own layer and from those above it in this list only."""
LONGEST_FILE, LONGEST_FUNCTION = 420, 45
TRACKED = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()  # noqa: S607  # git from PATH
TEXT = [ROOT / name for name in TRACKED if (ROOT / name).is_file() and (ROOT / name).suffix not in (".png",)]
PYTHON = [path for path in TEXT if path.suffix == ".py"]


def layer(module: str) -> int:
    return next((i for i, names in enumerate(LAYERS) if module in names), -1)


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gillies.")}
    return {name.split(".")[1] for name in froms}


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_one_way(path):
    own = path.relative_to(SRC).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert layer(own) >= 0, f"{own} has no layer: give it one in LAYERS"
    high = {name for name in imports(path) if layer(name) > layer(own)}
    assert not high, f"{path.name} imports {high} from a layer above it: move the shared piece down"


def test_rules_know_no_medicine():
    words = re.compile(r"\b(nose|breast|surgery|payer|insurance|procedure)\b", re.I)
    found = [path.name for path in (SRC / "rules").glob("*.py") if words.search(re.sub(r'""".*?"""|#.*', "", path.read_text(), flags=re.S))]
    assert not found, f"{found} speak of medicine: keep it in the knowledge"


def test_files_and_functions_stay_short():
    long = []
    for path in PYTHON:
        text = path.read_text()
        if len(text.splitlines()) > LONGEST_FILE:
            long.append(f"{path.relative_to(ROOT)} has {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > LONGEST_FUNCTION:
                long.append(f"{path.relative_to(ROOT)}:{node.name} has {(node.end_lineno or 0) - node.lineno} lines")
    assert not long, "split what is too long: " + "; ".join(long)


def test_every_test_file_is_collected():
    odd = [str(path) for path in (ROOT / "tests").rglob("*.py") if "def test_" in path.read_text() and not path.name.startswith("test_")]
    assert not odd, f"rename to test_*.py: {odd}"


def test_nothing_names_a_private_place():
    bad = re.compile(r"(?<![\w.])/(?:work|root|farm)/|--index-url |--extra-index|https?://(?:pypi\.org/simple|registry\.npmjs)|farm-[a-z]+")
    found = [str(path.relative_to(ROOT)) for path in TEXT if path != Path(__file__) and bad.search(path.read_text(errors="ignore"))]
    assert not found, f"these name a machine's path or a package index: {found}"


def test_no_stub_is_left():
    bad = re.compile("TO" + "DO|FIX" + "ME|X" + "XX|NotImplemented" + "Error")
    found = [str(path.relative_to(ROOT)) for path in PYTHON if bad.search(path.read_text())]
    assert not found, f"finish or remove what is marked in {found}"


def test_constraints_pin_hashes_and_name_no_index():
    text = (ROOT / "constraints.txt").read_text()
    assert "--hash=sha256:" in text
    assert "index" not in text, "make lock writes it without an index address"


def test_version_stands_once():
    from gillies import __version__

    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(), "keep pyproject.toml and gillies.__version__ equal"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "Makefile", ".ci/run"])
def test_a_newcomer_finds(name):
    assert (ROOT / name).stat().st_size > 0


def test_nothing_heavy_is_imported_for_one_assessment():
    code = "import sys, gillies.door, gillies.terminal; print(sorted({'yaml', 'duckdb', 'numpy', 'pydantic', 'rapidfuzz', 'asyncio'} & set(sys.modules)))"
    done = subprocess.run([_python(), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "import it inside the function that needs it"


def _python() -> str:
    import sys

    return sys.executable
