"""What the pages tell again: what an answer page holds, what was told besides the text, anything understood in plain words."""

from collections.abc import Iterator

from gillies.assess.explain import question
from gillies.knowledge.compiled import Compiled
from gillies.web.forms import Form
from gillies.web.present import View


def aims(shown: View) -> list[tuple[str, str]]:
    """What the answer page tells, and where: the first part stands for the others."""
    parts = shown.parts[:1]
    listed = [("#short", "The answer in short")] + [found for part in parts for found in (("#care1", "What kind of care it is"), ("#options1", "Your options"))]
    if any(part.hands for part in parts):
        listed.append(("#hands1", "Whose hands"))
    if parts:
        listed += [("#who-pays1", "Who pays"), ("#steps", "What to do next"), ("#unsure", "What is not sure")]
    return listed


def told_beside(form: Form, compiled: Compiled) -> list[str]:
    """What was told besides the text, one line each."""
    known = compiled.knowledge
    lines = [known.concerns[key].name for key in form.concerns if key in known.concerns]
    for key, value in form.answers.items():
        finding = known.findings.get(key)
        unit = f" {form.units.get(key, 'months')}" if finding and finding.type == "duration" else f" {finding.unit}" if finding and finding.unit else ""
        lines.append(f"{question(key, compiled)[0]} {value.replace('-', ' ').capitalize()}{unit}")
    if form.payer:
        lines.append(known.payers[form.payer].name)
    if form.state:
        lines.append(f"The state {form.state}")
    return lines + [f"Not so: {name_of(key, compiled)}" for key in form.not_meant if name_of(key, compiled)]


def name_of(key: str, compiled: Compiled) -> str:
    """Anything that can be understood, in plain words."""

    def names() -> Iterator[str]:
        known = compiled.knowledge
        for held in (known.concerns, known.procedures, known.payers):
            if key in held:
                yield held[key].name
        if key in known.findings:
            yield known.findings[key].question

    return next(names(), "")
