"""What the README tells people to type is understood."""

import re
import shlex
from pathlib import Path

import pytest

from gillies.cli import parser

ROOT = Path(__file__).parent.parent.parent
COMMANDS = re.findall(r"^\.venv/bin/gillies (.+?)(?:\s+#.*)?$", (ROOT / "README.md").read_text(), flags=re.M)
LINKS = [
    (page, link)
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
    if "reference" not in page.parts  # generated, with links by the thousand: test_reference.py looks at them
    for link in re.findall(r"\]\(([^)#]+)", page.read_text())
]


SHOWN = [(page.name, command) for page in ROOT.glob("docs/how-to/*.md") for command in re.findall(r"^gillies .+$", page.read_text(), flags=re.M)]


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_command_of_a_how_to_is_understood(page, command):
    if not command.endswith("\\"):
        assert parser().parse_args(shlex.split(command, comments=True)[1:]).run


def test_the_readme_shows_commands():
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_readme_is_understood(command):
    assert parser().parse_args(shlex.split(command)).run


@pytest.mark.parametrize(("page", "link"), LINKS, ids=lambda value: str(getattr(value, "name", value)))
def test_links_between_pages_lead_somewhere(page, link):
    if link.startswith("http"):
        return
    assert (page.parent / link).exists()


def test_every_command_is_in_the_readme():
    verbs = next(action for action in parser()._actions if action.dest == "verb").choices
    readme = (ROOT / "README.md").read_text()
    assert [verb for verb in verbs if f"gillies {verb}" not in readme] == []
