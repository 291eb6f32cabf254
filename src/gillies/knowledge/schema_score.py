"""What good information tells, and how a text shows it: the items of the score in `gillies check`. Strict, as in schema.py."""

from typing import Literal

from gillies.knowledge.schema import Cite, Record

Shape = Literal[
    "asks-at-start", "reference-list", "study-cited", "outside-link", "dated", "file-date", "year", "author", "author-with-credentials", "grade-8", "grade-12",
]  # fmt: skip


class ScoreSign(Record, frozen=True):
    """What shows that an item is met, fully or partly: one of its phrases (or `least` different ones), or what the file shows."""

    level: Literal["yes", "partly"]
    tell: str
    says: tuple[str, ...] = ()
    least: int = 1
    shape: Shape | None = None


class ScoreItem(Record, frozen=True):
    """One question to a text. `cannot`: why no program can answer it; such an item has no signs."""

    id: str
    asks: str
    matters: str
    instruments: tuple[str, ...]
    of: Literal["text", "treatment"]
    cites: tuple[Cite, ...]
    signs: tuple[ScoreSign, ...] = ()
    no: str = ""
    cannot: str = ""


def faults(item: ScoreItem) -> list[tuple[str, str, str]]:
    """(key, problem, mend) of everything that does not fit together in an item."""
    found = []
    if bool(item.cannot) == bool(item.signs) or bool(item.cannot) == bool(item.no):
        found.append(("signs", "needs signs and a `no`, or else a `cannot`.", "Keep one of the two."))
    owner: dict[tuple[str, str], int] = {}
    for number, sign in enumerate(item.signs):
        at = f"signs[{number}]"
        if bool(sign.says) == (sign.shape is not None):
            found.append((at, "needs either `says` or a `shape`.", "Keep one of the two."))
        if not 1 <= sign.least <= max(1, len(sign.says)):
            found.append((f"{at}.least", f"asks for {sign.least} of {len(sign.says)} phrases.", "Ask for fewer."))
        for says in sign.says:
            if set("[]<>~|.") & set(says):
                found.append((at, f"{says!r} is a pattern.", "Write plain words."))
            if owner.setdefault((sign.level, says.lower()), number) != number:
                found.append((at, f"{says!r} stands twice at this level.", "Keep it in one sign."))
    return found
