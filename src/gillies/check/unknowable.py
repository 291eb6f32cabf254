"""What nobody outside can check: numbers of one clinic about its own people, secrets, the private lives of the famous, the future. Pure."""

from gillies.check.sentence import Sentence

OWN, NOBODY = "only-the-clinic-can-know", "nobody-can-know"
"""The statements that answer for it."""


def unknowable(sentence: Sentence) -> str:
    """The id of the statement that tells why a sentence cannot be checked; "" where it can."""
    if sentence.has("unknowable"):
        return NOBODY
    is_measured = sentence.has("measured") or bool(sentence.amounts)
    return OWN if sentence.has("ours") and sentence.has("served") and is_measured else ""
