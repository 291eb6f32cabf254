"""Names as they are compared."""

import re
import unicodedata

_SIGNS = {code: None if chr(code) == "'" else " " for code in range(128) if not chr(code).isalnum()}


def key(text: str) -> str:
    """A name as it is compared: capitals without accents, apostrophes gone, any other sign a blank. The same as `clean.key` does in SQL."""
    if text.isascii():
        return " ".join(text.upper().translate(_SIGNS).split())
    bare = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.category(letter).startswith("M"))
    capitals = "".join(up if len(up := letter.upper()) == 1 else letter for letter in bare)
    return re.sub("[^A-Z0-9]+", " ", capitals.replace("'", "").replace("’", "")).strip()
