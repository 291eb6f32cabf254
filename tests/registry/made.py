"""Made-up files under the official headers: `headers/` holds the header lines of public files, and no row here is anybody's."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

from gillies.registry.build import ALL_AS_IT_SHOULD_BE, Allow, build
from gillies.registry.manifest import Manifest
from gillies.registry.npi import check_digit
from gillies.registry.store import FILE, open_read_only
from gillies.registry.survey import Given
from gillies.screen.bar import Bar

ON = date(2026, 11, 21)
SILENT = Bar(io.StringIO())


def header(name: str) -> list[str]:
    """The columns of an official file."""
    with (Path(__file__).parent / "headers" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [column.strip() for column in next(csv.reader(file))]


NPPES, OTHERNAME, PL, LEIE = (header(name) for name in ("nppes_npidata", "nppes_othername", "nppes_pl", "oig_leie"))
DAC, DAC_2021, PUF, NUCC = (
    header(name) for name in ("cms_dac_national", "cms_dac_national_2021", "cms_puf_physician_by_provider_and_service", "nucc_taxonomy")
)

SHORT = {
    "npi": "NPI", "entity": "Entity Type Code", "last": "Provider Last Name (Legal Name)", "first": "Provider First Name",
    "organization": "Provider Organization Name (Legal Business Name)", "state": "Provider Business Practice Location Address State Name",
    "zip": "Provider Business Practice Location Address Postal Code", "city": "Provider Business Practice Location Address City Name",
    "code": "Healthcare Provider Taxonomy Code_1", "primary": "Healthcare Provider Primary Taxonomy Switch_1", "updated": "Last Update Date",
    "deactivated": "NPI Deactivation Date", "reactivated": "NPI Reactivation Date", "former": "Provider Other Last Name",
    "former_kind": "Provider Other Last Name Type Code", "parent": "Parent Organization LBN",
}  # fmt: skip


def npi(number: int) -> str:
    """The n-th made-up NPI."""
    nine = f"9{number:08}"
    return f"{nine}{check_digit(nine)}"


def person(number: int = 1, **cells: str) -> dict[str, str]:
    """A row of NPPES for a person. Keys are those of SHORT, or official columns."""
    told = {"npi": npi(number), "entity": "1", "last": "ABERSON", "first": "MARY", "state": "CA", "city": "OAKLAND", "zip": "946091234", "code": "208200000X"}
    return told | {"primary": "Y", "updated": "11/01/2026"} | cells


def rows_of(columns: list[str], rows: list[dict[str, str]], end: str = "\n") -> bytes:
    """A file of rows, every cell quoted, a quote inside a cell turned into a single one (as CMS says it does)."""
    official = [{SHORT.get(key, key): cell for key, cell in row.items()} for row in rows]
    lines = [columns, *([row.get(column, "") for column in columns] for row in official)]
    return "".join('"' + '","'.join(line) + f'"{end}' for line in lines).encode()


def plain(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    """A file of rows, quoted where needed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def zipped(path: Path, **members: bytes) -> Path:
    """A ZIP; `__` in a member's name stands for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", ".").replace("_TO_", "-"), data)
    return path


def nppes(
    folder: Path, rows: list[dict[str, str]], columns: list[str] = NPPES, span: str = "20050523_TO_20261109", raw: bytes | None = None, **more: bytes
) -> Path:
    """A ZIP of NPPES with these providers."""
    members = {f"npidata_pfile_{span}__csv": raw or rows_of(columns, rows), f"npidata_pfile_{span}_fileheader__csv": rows_of(columns, [])}
    return zipped(folder / f"nppes-{span}.zip", **members, **more)


def built(
    root: Path, *files: Path, allow: Allow = ALL_AS_IT_SHOULD_BE, on: date = ON, shelves: dict | None = None, update: bool = False, **others: Path
) -> Manifest:
    """A registry of these files in `root`."""
    return build(Given(files, **others), root, on, shelves or {}, SILENT, allow, update=update)


def ask(root: Path, sql: str) -> list[tuple]:
    """What the look-up file answers."""
    (folder,) = (path for path in root.glob("registry-*") if path.is_dir())
    with open_read_only(folder / FILE) as con:
        return con.execute(sql).fetchall()
