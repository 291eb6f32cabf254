"""Every error that a user can meet: one clear sentence that says what, where and how to mend it. And the pieces of such sentences that several doors need."""

from collections.abc import Iterable

CLOSE = 70
MOST_SUGGESTIONS = 4


class GilliesError(Exception):
    """Base of our errors. `exit_code` is what the command line ends with."""

    exit_code = 2


class InputError(GilliesError):
    """What the user gave cannot be used (empty, binary, too long, an unknown name …)."""


class KnowledgeError(GilliesError):
    """A knowledge file breaks a rule. The message names the file, the key path and the mend."""

    def __init__(self, file: str, path: str, problem: str, mend: str) -> None:
        super().__init__(f"{file}: {path}: {problem} {mend}".replace(": : ", ": "))
        self.file = file
        self.path = path
        self.problem = problem
        self.mend = mend


def near(wanted: str, names: Iterable[str], most: int = MOST_SUGGESTIONS) -> list[str]:
    """The names that are written most like what was asked for, the likest first."""
    from rapidfuzz.process import extract

    return [name for name, score, _ in extract(wanted, list(names), limit=most) if score >= CLOSE]


def did_you_mean(names: Iterable[str]) -> str:
    """The end of a sentence that says that something is unknown: what may be meant, or where to look."""
    listed = ", ".join(names)
    return f" Did you mean {listed}?" if listed else " `gillies show` lists what there is."


def utf8(raw: bytes, where: str) -> str:
    """Text in UTF-8. Raises InputError for anything else, such as a binary."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{where} is not UTF-8 text: save it as plain text in UTF-8 and try again.") from None
