"""Every name in a sample finds its owner: as it is, misspelt, and in any order."""

import json
import random
import re
import shlex
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gillies.cli import main, parser
from gillies.door import open_records
from gillies.registry.lookup import Registry
from gillies.registry.search import letters
from gillies.registry.search.asked import Ask
from gillies.registry.search.find import find

KNOWLEDGE, ON = open_records(), date(2026, 11, 21)
GUIDE = Path(__file__).parents[2] / "docs/how-to/registry.md"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A small sample, made and built by the commands themselves."""
    folder = tmp_path_factory.mktemp("sample")
    run = [sys.executable, "-m", "gillies", "registry"]
    subprocess.run([*run, "sample", "-o", str(folder), "--rows", "600", "--on", str(ON)], check=True, stdout=subprocess.DEVNULL)
    (full,) = (path for path in folder.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
    subprocess.run([*run, "build", "--nppes", str(full), "-o", str(folder / "registry"), "--on", str(ON)], check=True, stdout=subprocess.DEVNULL)
    return folder / "registry"


@pytest.fixture(scope="module")
def registry(root):
    with Registry(root) as opened:
        yield opened


@pytest.fixture(scope="module")
def everybody(registry):
    held = {npi: registry.provider(npi)[0] for (npi,) in registry.con.execute("SELECT npi FROM provider")}
    return {npi: provider for npi, provider in held.items() if provider.entity}


def found(registry, text, **asked):
    return [each.npi for each in find(registry, Ask(text=text, **asked), KNOWLEDGE, ON).results]


def misspelt(dice: random.Random, name: str) -> str:
    """One letter changed, left out, doubled, or swapped with the next."""
    place = dice.randrange(len(name) - 1)
    parts = name[:place], name[place], name[place + 1 :]
    return dice.choice([f"{parts[0]}X{parts[2]}", parts[0] + parts[2], parts[0] + parts[1] * 2 + parts[2], parts[0] + parts[2][0] + parts[1] + parts[2][1:]])


WAYS = {
    "as on record": lambda who, dice: f"{who.first} {who.last}",
    "surname first": lambda who, dice: f"{who.last}, {who.first}",
    "surname first without a comma": lambda who, dice: f"{who.last} {who.first}",
    "with a title": lambda who, dice: f"Dr. {who.first} {who.last}, M.D.",
    "by the initial": lambda who, dice: f"{who.first[0]}. {who.last}",
    "with the middle name": lambda who, dice: f"{who.first} {who.middle} {who.last}",
    "surname misspelt": lambda who, dice: f"{misspelt(dice, who.last)}, {who.first}",
    "surname misspelt, not told which": lambda who, dice: f"{who.first} {misspelt(dice, who.last)}",
    "first name misspelt": lambda who, dice: f"{misspelt(dice, who.first)} {who.last}",
    "small letters": lambda who, dice: f"{who.first} {who.last}".lower(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_person_is_found(registry, everybody, way):
    dice = random.Random(way)
    missed = []
    for npi, who in everybody.items():
        if who.last and len(who.last) > 3 and len(who.first) > 3:
            typed = WAYS[way](who, dice)
            if npi not in found(registry, typed):
                missed.append(typed)
    assert missed == []


def test_every_former_name_finds_its_owner(registry, everybody):
    renamed = {npi: who for npi, who in everybody.items() if who.other_last}
    assert len(renamed) > 10
    assert [who.other_last for npi, who in renamed.items() if npi not in found(registry, f"{who.first} {who.other_last}")] == []


def test_every_organisation_is_found_by_its_words(registry, everybody):
    dice = random.Random(1)
    missed = []
    for npi, who in everybody.items():
        if who.organization:
            words = letters.key(who.organization).split()
            words[0] = misspelt(dice, words[0]) if len(words[0]) > 5 else words[0]
            dice.shuffle(words)
            if npi not in found(registry, " ".join(words)):
                missed.append(words)
    assert missed == []


def test_a_specialty_in_a_state_is_everybody_who_reports_it_there(registry, everybody):
    there = Counter()
    for npi in everybody:
        provider, taxonomies = registry.provider(npi)
        states = {provider.state, *(place.state for place in registry.places(npi))}
        there.update({(each.code, state) for each in taxonomies for state in states})
    for (code, state), count in there.most_common(20):
        answer = find(registry, Ask(specialty=code, state=state, most=1000), KNOWLEDGE, ON)
        assert answer.total == count == len(answer.results)


def test_the_command_tells_the_same_as_json(root, capsys):
    shown = []
    for more in ([], ["--json"]):
        with pytest.raises(SystemExit) as ended:
            main(["registry", "find", "mary smyth", "--registry", str(root), "--state", "CA", "--on", str(ON), *more])
        assert ended.value.code == 0
        shown.append(capsys.readouterr().out)
    told = json.loads(shown[1])
    assert "All of these providers are made up" in shown[0]
    assert told["made_up"] == "all"
    assert all(str(each["npi"]) in shown[0] and each["name"] in shown[0] for each in told["results"])


@pytest.mark.parametrize(("more", "say"), [([], "--registry FOLDER"), (["--registry", "nowhere"], "nowhere holds no registry")])
def test_the_command_without_a_registry_says_so(capsys, monkeypatch, more, say):
    monkeypatch.delenv("GILLIES_REGISTRY", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["registry", "find", "mary smyth", *more])
    assert ended.value.code == 2
    assert say in capsys.readouterr().err


def test_the_registry_may_stand_in_the_environment_and_a_stale_one_ends_with_2(root, capsys, monkeypatch):
    monkeypatch.setenv("GILLIES_REGISTRY", str(root))
    with pytest.raises(SystemExit) as ended:
        main(["registry", "find", "mary smyth", "--on", "2027-11-21"])
    assert ended.value.code == 2
    assert capsys.readouterr().out.startswith("STALE: npidata_pfile")


def test_a_search_needs_neither_duckdb_nor_arrow(root):
    code = f"""
import sys
from gillies.cli import main, parser
try:
    main(["registry", "find", "smith", "--registry", {str(root)!r}])
except SystemExit:
    print({{"duckdb", "pyarrow", "zipcodes"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize("command", re.findall(r"^gillies (registry find .+)$", GUIDE.read_text(), flags=re.M))
def test_commands_of_the_guide_are_understood(command):
    assert parser().parse_args(shlex.split(command)).run


def test_python_of_the_guide_runs(root, capsys):
    (code,) = re.findall(r"```python\n(.+?)```", GUIDE.read_text(), flags=re.S)
    exec(code.replace("try/registry", str(root)), {})  # noqa: S102  # our own guide
    assert capsys.readouterr().out.count("\n") <= 3
