"""Names as they are compared."""

import re
import unicodedata


def key(text: str | None) -> str:
    """A name as it is compared: capitals without accents, apostrophes gone, any other sign a blank. The same as `clean.key` does in SQL."""
    bare = (letter for letter in unicodedata.normalize("NFD", text or "") if not unicodedata.category(letter).startswith("M"))
    capitals = "".join(up if len(up := letter.upper()) == 1 else letter for letter in bare)
    return re.sub("[^A-Z0-9]+", " ", capitals.replace("'", "").replace("’", "")).strip()
