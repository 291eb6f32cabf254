"""Many made-up providers from few, to measure builds of millions without waiting for as many to be made up: the rows of a sample again and again, each time
with other NPIs, and with five variants of each surname (nine million then have about as many as the real file). Writes npidata only, as a ZIP and bare.

python bench/registry_repeat.py SAMPLE_FOLDER ROWS OUT_FOLDER"""

import sys
import zipfile
from pathlib import Path

from gillies.registry.chunks import chunks
from gillies.registry.npi import check_digit
from gillies.registry.rows import as_utf8

VARIANTS = ("", "SON", "MAN", "EZ", "OVA")
AT_ONCE = 20_000


def main() -> None:
    """Writes the files."""
    sample, rows, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    (full,) = (path for path in sample.glob("NPPES_Data*.zip") if "Weekly" not in path.name)
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(full) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("npidata") and "fileheader" not in each)
        with archive.open(name) as source:
            header = source.readline()
            few = [line.split(b'","', 6) for chunk in chunks(source, name) for line in chunk.data.splitlines()]  # NPI, entity, ..., surname, the rest
    with (
        zipfile.ZipFile(out / full.name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as packed,
        (out / "npidata.csv").open("wb") as bare,
    ):
        packed.write(header)
        bare.write(header)
        for low in range(0, rows, AT_ONCE):
            data = b"".join(row(few, number) for number in range(low, min(low + AT_ONCE, rows)))
            packed.write(data)
            bare.write(as_utf8(data)[0])  # DuckDB reads no other encoding


def row(few: list[list[bytes]], number: int) -> bytes:
    """The n-th provider."""
    turn, which = divmod(number, len(few))
    _, entity, replacement, ein, organization, last, rest = few[which]
    nine = f"9{number:08}"
    last += VARIANTS[turn % len(VARIANTS)].encode() if last else b""
    return b'","'.join((f'"{nine}{check_digit(nine)}'.encode(), entity, replacement, ein, organization, last, rest)) + b"\n"


if __name__ == "__main__":
    main()
