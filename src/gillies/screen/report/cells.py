"""Small cells hidden, so that the tables of a report can be copied out without pointing at single people.

The rule is CMS's own for everything drawn from its claims (Cell Size Suppression Policy): no cell of 1 to 10 may be shown, zero may, and no
other cell may be shown from which such a one could be worked out. So where a single cell of a row or column is hidden, the smallest one
beside it is hidden too. The count of the whole file and the lines listed one by one are left as they are: the list is for whoever holds the
claims, and the report says so.
"""

from typing import Literal

from msgspec.structs import replace

from gillies.screen.report.figures import Cell, Row, Summary, Table

SMALL = 11
TABLES = ("by_coverage", "by_procedure", "by_payer", "by_specialty", "by_state", "by_hands")
SUM = "sum of the row"
Grid = list[dict[str, Cell]]
"""Rows of cells by intent, and their sum under SUM."""


def hide_small(summary: Summary) -> Summary:
    """The summary with small cells, and what would give them away, hidden. Hiding twice changes nothing."""
    # The totals by intent stand in every table, so they are settled first.
    totals = {intent: _without_small(cell) for intent, cell in summary.total.cells.items()}
    _hide_second(totals, list(totals))
    total = Row(summary.total.key, totals, summary.total.total)
    return replace(summary, total=total, **{name: hide_in_table(getattr(summary, name), total) for name in TABLES})


def hide_in_table(table: Table, total: Row) -> Table:
    """The table with cells hidden until no row and no column, whose sums stand in `total`, is left with a single hidden one."""
    listed = [*table.rows, *([table.rest] if table.rest else [])]
    grid: Grid = [{name: _without_small(cell) for name, cell in {**row.cells, SUM: row.total}.items()} for row in listed]
    margin = {**total.cells, SUM: total.total}
    while any([_hide_in_row(row) for row in grid] + [_hide_in_column(grid, name, margin[name]) for name in margin]):
        pass
    rows = [Row(row.key, {name: cell for name, cell in cells.items() if name != SUM}, cells[SUM]) for row, cells in zip(listed, grid, strict=True)]
    return replace(table, rows=tuple(rows[: len(table.rows)]), rest=rows[-1] if table.rest else None)


def _hide_in_row(row: dict[str, Cell]) -> bool:
    """Hides a second cell where only one is hidden, the row's sum when there is no other. Whether anything changed."""
    return _hide_second(row, [name for name in row if name != SUM]) or _hide_second(row, [SUM])


def _hide_in_column(grid: Grid, name: str, margin: Cell) -> bool:
    """The same down a column; its sum stands in every table and stays."""
    column = {str(number): row[name] for number, row in enumerate(grid)} | {SUM: margin}
    changed = _hide_second(column, [str(number) for number in range(len(grid))])
    for number, row in enumerate(grid):
        row[name] = column[str(number)]
    return changed


def _hide_second(cells: dict[str, Cell], may: list[str]) -> bool:
    """Hides the smallest shown cell among `may` if exactly one of all the cells is hidden, so that the others tell it. Whether it did."""
    shown = [(cells[name].lines or 0, name) for name in may if cells[name].lines]
    if not shown or sum(bool(cell.hidden) for cell in cells.values()) != 1:
        return False
    cells[min(shown)[1]] = _hidden("beside")
    return True


def _without_small(cell: Cell) -> Cell:
    return _hidden("small") if cell.lines is not None and 0 < cell.lines < SMALL else cell


def _hidden(why: Literal["small", "beside"]) -> Cell:
    return Cell(hidden=why)
