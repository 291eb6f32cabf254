"""Small cells hidden, so that the tables of a report can be copied out without pointing at single people.

The rule is CMS's own for everything drawn from its claims (Cell Size Suppression Policy): no cell of 1 to 10 may be shown, zero may, and no
other cell may be shown from which such a one could be worked out. So more cells of a row or column are hidden until those hidden in it are at
least two and hold at least eleven lines together. The count of the whole file and the lines listed one by one are left as they are: the list
is for whoever holds the claims, and the report says so.
"""

from typing import Literal

from msgspec.structs import replace

from gillies.screen.report.figures import Cell, Guard, Row, Summary, Table

SMALL = 11
TABLES = ("by_coverage", "by_procedure", "by_payer", "by_specialty", "by_state", "by_hands")
SUM = "sum"
"""Where the sum of a row or column stands among its cells."""
Cells = dict[str, Cell]


def hide_small(summary: Summary) -> Summary:
    """The summary with small cells, and what would give them away, hidden. Hiding twice changes nothing."""
    # The totals by intent stand in every table, so they are settled first; the sum of all always shows.
    whole = summary.total
    totals = {intent: _without_small(cell) for intent, cell in whole.cells.items()} | {SUM: whole.total}
    while _hide_one_more(totals, {**whole.cells, SUM: whole.total}, list(whole.cells)):
        pass
    total = Row(whole.key, {intent: totals[intent] for intent in whole.cells}, whole.total)
    tables = {name: hide_in_table(getattr(summary, name), total) for name in TABLES}
    return replace(summary, total=total, guard=_hide_in_guard(summary.guard), **tables)


def _hide_in_guard(guard: Guard) -> Guard:
    """The counts of protected care without small ones. A line can stand under several code sets, so they add up to nothing that could tell."""
    by_set = replace(guard.by_set, rows=tuple(map(_row_without_small, guard.by_set.rows)))
    return replace(guard, protected=_row_without_small(guard.protected), by_set=by_set)


def _row_without_small(row: Row) -> Row:
    cells = {**row.cells, SUM: row.total}
    hidden = {name: _without_small(cell) for name, cell in cells.items()}
    while _settle_row(hidden, cells):
        pass
    return Row(row.key, {name: hidden[name] for name in row.cells}, hidden[SUM])


def hide_in_table(table: Table, total: Row) -> Table:
    """The table with cells hidden until no row and no column, whose sums stand in `total`, gives a small one away."""
    listed = [*table.rows, *([table.rest] if table.rest else [])]
    truth: list[Cells] = [{**row.cells, SUM: row.total} for row in listed]
    grid = [{name: _without_small(cell) for name, cell in row.items()} for row in truth]
    margin = {**total.cells, SUM: total.total}
    while any([_settle_row(*pair) for pair in zip(grid, truth, strict=True)] + [_settle_column(grid, truth, name, margin[name]) for name in margin]):
        pass
    rows = [Row(row.key, {name: cells[name] for name in row.cells}, cells[SUM]) for row, cells in zip(listed, grid, strict=True)]
    return replace(table, rows=tuple(rows[: len(table.rows)]), rest=rows[-1] if table.rest else None)


def _settle_row(row: Cells, truth: Cells) -> bool:
    """Hides one more cell of a row that gives one away, its sum when no other is left. Whether anything changed."""
    return _hide_one_more(row, truth, [name for name in row if name != SUM]) or _hide_one_more(row, truth, [SUM])


def _settle_column(grid: list[Cells], truth: list[Cells], name: str, margin: Cell) -> bool:
    """The same down a column. Its sum stands in other tables too and stays: when no other cell is left, the sum of the row is hidden."""
    numbers = [str(number) for number in range(len(grid))]
    column = {number: row[name] for number, row in zip(numbers, grid, strict=True)} | {SUM: margin}
    true_column = {number: row[name] for number, row in zip(numbers, truth, strict=True)} | {SUM: margin}
    if _hide_one_more(column, true_column, numbers):
        for number, row in zip(numbers, grid, strict=True):
            row[name] = column[number]
        return True
    alone = [row for row in grid if row[name].hidden and not row[SUM].hidden] if _gives_away(column, true_column) else []
    for row in alone:
        row[SUM] = _hidden("beside")
    return bool(alone)


def _gives_away(cells: Cells, truth: Cells) -> bool:
    """Whether what shows tells a hidden cell, or that the hidden ones hold few lines. What was hidden before counts as enough."""
    hidden = [name for name, cell in cells.items() if cell.hidden]
    lines = [truth[name].lines for name in hidden]
    return len(hidden) == 1 or (bool(hidden) and SUM not in hidden and None not in lines and sum(number or 0 for number in lines) < SMALL)


def _hide_one_more(cells: Cells, truth: Cells, may: list[str]) -> bool:
    """Hides the smallest shown cell among `may` if the cells give one away. Whether it did."""
    shown = [(cells[name].lines or 0, name) for name in may if cells[name].lines]
    if not shown or not _gives_away(cells, truth):
        return False
    cells[min(shown)[1]] = _hidden("beside")
    return True


def _without_small(cell: Cell) -> Cell:
    return _hidden("small") if cell.lines is not None and 0 < cell.lines < SMALL else cell


def _hidden(why: Literal["small", "beside"]) -> Cell:
    return Cell(hidden=why)
