"""The score on the page: what the text tells its readers, item by item."""

from collections import Counter
from collections.abc import Callable

from gillies.assess.answer import SourceOut
from gillies.check.score.held import ANSWERS, Answer, Score, ScoreLine

LOOKS: dict[Answer, tuple[str, str]] = {
    "yes": ("✓", "supported"), "partly": ("≈", "misleading"), "no": ("✗", "contradicted"), "cannot be judged": ("?", "unverifiable"),
}  # fmt: skip
"""Answer -> its sign, and the verdict whose colour it has."""


def score_section(score: Score, harmless: Callable[[str], str], source_line: Callable[[SourceOut], str]) -> str:
    """The section. `harmless` and `source_line`: as the page shows words and sources."""
    counts = Counter(line.answer for line in score.items)
    told = ", ".join(f"{counts[answer]} {answer}" for answer in ANSWERS if counts[answer])
    lines = "".join(_line(line, harmless) for line in score.items)
    sources = "".join(f"<li>{source_line(source)}</li>" for source in score.sources.values())
    return f"""<section class="score" aria-labelledby="score">
<h2 id="score">What it tells its readers</h2>
<p class="finding">Automatic: {told}. Reading grade {score.grade:g}.</p>
<p>{harmless(score.note)}</p>
<ol class="items">{lines}</ol>
<h3>What these questions are made after</h3>
<ul class="sources">{sources}</ul>
</section>"""


def _line(line: ScoreLine, harmless: Callable[[str], str]) -> str:
    sign, look = LOOKS[line.answer]
    quote = f" <q>{harmless(' '.join(line.quote.split()))}</q>" if line.quote and line.id != "reading-grade" else ""
    where = " (the file says so, not the text)" if line.quote and line.span is None and line.id != "reading-grade" else ""
    return (
        f'<li class="v-{look}"><p class="answer"><span class="sign" aria-hidden="true">{sign}</span> {line.answer}</p>'
        f'<div><h3>{harmless(line.asks)}</h3><p>{harmless(line.why)}{quote}{where}</p><p class="muted">{harmless(line.matters)} '
        f"({harmless(', '.join(line.instruments))})</p></div></li>"
    )
