"""A finished page of HTML -> the file that `--page` names."""

from pathlib import Path

from gillies.errors import InputError


def write_page(path: Path, page: str) -> None:
    """Writes a page of HTML. Raises InputError where it cannot stand."""
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise InputError(f"{path} cannot be written: {fault.strerror or fault}.") from None
