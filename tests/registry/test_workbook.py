"""Workbooks, as the report of deactivated NPIs comes."""

import io
import zipfile

import pytest

from gillies.errors import InputError
from gillies.registry import workbook
from gillies.registry.kinds import DEACTIVATED

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(rows, shared="", sheet="xl/worksheets/sheet1.xml"):
    """A workbook of these rows (XML of cells each)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(sheet, f"<worksheet {SPACE}><sheetData>{''.join(f'<row>{row}</row>' for row in rows)}</sheetData></worksheet>")
        if shared:
            archive.writestr("xl/sharedStrings.xml", f"<sst {SPACE}>{shared}</sst>")
    return io.BytesIO(out.getvalue())


def test_texts_shared_texts_and_numbers():
    rows = ['<c r="A1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>in</t><t>line</t></is></c>', '<c t="n"><v>1234567893</v></c><c><v>45000</v></c>']
    shared = "<si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si>"
    assert list(workbook.rows(book(rows, shared), "a.xlsx")) == [["one", "", "inline"], ["1234567893", "45000"]]


@pytest.mark.parametrize(("cell", "day"), [("45000", "03/15/2023"), ("45000.0", "03/15/2023"), ("03/15/2023", "03/15/2023"), ("soon", "soon")])
def test_days_may_be_written_as_numbers(cell, day):
    assert workbook.day(cell) == day


def test_the_header_stands_below_titles():
    cells = [[f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row] for row in (["As of today"], ["NPI", "NPPES Deactivation Date"], ["1", "2"])]
    assert workbook.header(book(map("".join, cells)), "a.xlsx", DEACTIVATED) == ("NPI", "NPPES Deactivation Date")
    with pytest.raises(InputError, match="no row of it names the columns NPI, NPPES Deactivation Date"):
        workbook.header(book(map("".join, cells[:1])), "a.xlsx", DEACTIVATED)


HARMFUL = {
    "no workbook": io.BytesIO(b"PK nothing"),
    "no sheet": book([], sheet="xl/other.xml"),
    "broken": book(["<c>"]),
    "a far column": book(['<c r="ZZZZZZ1"><v>1</v></c>']),
    "a text that is not there": book(['<c t="s"><v>7</v></c>']),
}


@pytest.mark.parametrize("what", HARMFUL)
def test_what_cannot_be_read_is_one_sentence(what):
    with pytest.raises(InputError, match=r"a\.xlsx"):
        list(workbook.rows(HARMFUL[what], "a.xlsx"))


def test_entities_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>')
    with pytest.raises(InputError, match="defines entities"):
        list(workbook.rows(io.BytesIO(out.getvalue()), "a.xlsx"))


def test_a_sheet_that_floods_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    with pytest.raises(InputError, match="larger than any report"):
        list(workbook.rows(book(["<c><v>1</v></c>"] * 1000), "a.xlsx"))
