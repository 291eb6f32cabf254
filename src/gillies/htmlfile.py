"""A page of HTML that needs nothing else: its frame, and the file that `--page` names."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from gillies.errors import InputError


def write_page(path: Path, page: str) -> None:
    """Writes a page of HTML. Raises InputError where it cannot stand."""
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise InputError(f"{path} cannot be written: {fault.strerror or fault}.") from None


def framed(title: str, body: str, style: str, kind: str = "") -> str:
    """A page with nothing from elsewhere. `title` and `body` are HTML already; `kind`: the class of the main part, "" for none.

    The style sheet is named by its hash, so that no other style, and no script at all, can run even if something slipped through.
    """
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    main = f'<main class="{kind}">' if kind else "<main>"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{main}
{body}
</main>
</body>
</html>
"""
