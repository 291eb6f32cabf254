"""How right screening is on the synthetic claims: python bench/screening_accuracy.py LABELLED LABELS [--misses] [--markdown]

    gillies screen --sample 1000000 made/ && gillies screen made/claims.parquet -o labelled.parquet
    python bench/screening_accuracy.py labelled.parquet made/labels.parquet

LABELLED is what `gillies screen` wrote (Parquet or CSV, a file or a glob), LABELS the sample's labels.parquet. Precision, recall and counts per class
of intent and coverage, for lines and for whole claims; agreement about whose hands; protected care that was found; and the false flags: care
that the law protects, called cosmetic. An answer that the labels accept as well (`also`) counts as the label. What it does not show: the
scenarios are one author's, their shares are chosen and not those of any payer's claims, and every row is made up. So no interval is given, and beside the
share of lines stands the share of scenarios, each counted once.
"""

import argparse
from collections.abc import Iterable
from typing import Any, NamedTuple

import duckdb

INTENTS = ("cosmetic", "reconstructive", "mixed", "undetermined")
COVERAGES = ("likely-covered", "likely-not-covered", "depends")
TRAINS = {"core": "yes", "fellowship": "yes", "related": "yes", "outside": "no", "unknown": "unknown"}


class Class(NamedTuple):
    """One class: lines that bear it, lines that were given it, and those where both hold."""

    name: str
    wanted: int
    given: int
    right: int

    @property
    def precision(self) -> float | None:
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None


class Table(NamedTuple):
    title: str
    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def classes(pairs: Iterable[tuple[str | None, str | None, int]], names: tuple[str, ...]) -> list[Class]:
    """(wanted, given, count) -> a Class for each name. Wanted NULL = nothing was to be said, so anything given is wrong."""
    pairs = list(pairs)
    return [
        Class(
            name,
            sum(n for want, _, n in pairs if want == name),
            sum(n for _, given, n in pairs if given == name),
            sum(n for want, given, n in pairs if want == given == name),
        )
        for name in names
    ]


def join(con: duckdb.DuckDBPyConnection, labelled: str, labels: str) -> None:
    """Make `compared`: each label beside what was given; `wrote` says whether the labelled file holds the line at all."""
    con.execute(f"CREATE VIEW labels AS FROM '{quoted(labels)}'")
    con.execute(f"CREATE VIEW labelled AS FROM '{quoted(labelled)}'")
    columns = {row[0] for row in con.execute("DESCRIBE labelled").fetchall()}
    lacking = {"claim_id", "claim_line_number", "procedure", "intent", "coverage", "hands", "claim_intent", "claim_coverage", "protected"} - columns
    if lacking:
        raise SystemExit(f"{labelled} lacks the column(s) {', '.join(sorted(lacking))}: give the file that `gillies screen` wrote.")
    con.execute(
        """
        CREATE TABLE compared AS
        SELECT l.*, g.claim_id IS NOT NULL AS wrote, g.procedure AS given_procedure, g.hands AS given_hands, g.protected AS given_protected,
               CASE WHEN list_contains(l.also, g.intent) THEN l.intent ELSE g.intent END AS given_intent, g.intent AS raw_intent,
               CASE WHEN list_contains(l.also_coverage, g.coverage) THEN l.coverage ELSE g.coverage END AS given_coverage,
               g.claim_intent AS given_claim_intent, g.claim_coverage AS given_claim_coverage
        FROM labels l LEFT JOIN labelled g ON g.claim_id = l.claim_id AND g.claim_line_number::VARCHAR = l.claim_line_number::VARCHAR
        """
    )


def quoted(path: str) -> str:
    return path.replace("'", "''")


def score(con: duckdb.DuckDBPyConnection) -> tuple[list[Table], list[tuple[Any, ...]]]:
    """The tables, and the false flags one by one."""
    tables = [rows_in_and_out(con)]
    for title, want, given, names, where in (
        ("Intent of lines", "intent", "given_intent", INTENTS, "wrote AND ours IS NOT NULL"),
        ("Coverage of lines", "coverage", "given_coverage", COVERAGES, "wrote AND ours IS NOT NULL"),
    ):
        found = con.execute(f"SELECT {want}, {given}, count(*) FROM compared WHERE {where} GROUP BY ALL").fetchall()
        tables.append(class_table(title, classes(found, names), found))
    for title, want, given, names in (
        ("Intent of claims", "claim_intent", "given_claim_intent", INTENTS),
        ("Coverage of claims", "claim_coverage", "given_claim_coverage", COVERAGES),
    ):
        found = con.execute(
            f"""WITH whole AS (
                  SELECT claim_id, any_value({want}) AS want, any_value({given}) AS given,
                         list_distinct(flatten(list({"also" if want == "claim_intent" else "also_coverage"}))) AS also
                  FROM compared WHERE wrote GROUP BY claim_id HAVING bool_and(ours IS NOT NULL)
                ) SELECT want, CASE WHEN list_contains(also, given) THEN want ELSE given END AS got, count(*) FROM whole GROUP BY ALL"""
        ).fetchall()
        tables.append(class_table(title, classes(found, names), found))
    tables += [hands(con), protected(con), by_scenario(con)]
    flags = con.execute(
        """SELECT claim_id, claim_line_number, scenario, protected, noise, why FROM compared
           WHERE protected IS NOT NULL AND (raw_intent = 'cosmetic' OR (given_claim_intent = 'cosmetic' AND claim_intent <> 'cosmetic')) ORDER BY row"""
    ).fetchall()
    return tables, flags


def rows_in_and_out(con: duckdb.DuckDBPyConnection) -> Table:
    """What was read: bad rows have to be set aside, all others have to be there; lines outside the field have to be left alone."""
    counts = con.execute(
        """SELECT count(*), count(*) FILTER (wrote), count(*) FILTER (bad IS NOT NULL), count(*) FILTER (bad IS NOT NULL AND NOT wrote),
                  count(*) FILTER (bad IS NULL AND NOT wrote), count(*) FILTER (wrote AND ours = false),
                  count(*) FILTER (wrote AND ours = false AND raw_intent IS NULL), count(*) FILTER (wrote AND ours), count(*) FILTER (wrote AND ours AND
                  given_procedure IS NOT NULL) FROM compared"""
    ).fetchone()
    assert counts
    names = (
        "lines with a label", "of these in the labelled file", "bad rows", "bad rows set aside", "good rows that are missing", "lines outside the field",
        "of these left alone", "lines in the field", "of these recognised",
    )  # fmt: skip
    return Table("Rows", ("what", "lines"), list(zip(names, counts, strict=True)))


def class_table(title: str, found: list[Class], pairs: list[tuple[Any, ...]]) -> Table:
    rows: list[tuple[Any, ...]] = [(c.name, c.wanted, c.given, c.right, share(c.precision), share(c.recall)) for c in found]
    wanted = sum(n for want, _, n in pairs if want)
    right = sum(n for want, given, n in pairs if want and want == given)
    nothing = sum(n for want, given, n in pairs if want and not given)
    rows.append((f"all ({nothing} with no answer)", wanted, sum(c.given for c in found), right, "", share(right / wanted if wanted else None)))
    return Table(title, ("class", "wanted", "given", "right", "precision", "recall"), rows)


def hands(con: duckdb.DuckDBPyConnection) -> Table:
    """Does the specialty train for it: what the label says against how firmly we say so (core, fellowship and related = yes)."""
    found = con.execute(
        "SELECT hands, coalesce(given_hands, 'none'), count(*) FROM compared WHERE wrote AND ours AND hands IS NOT NULL GROUP BY ALL"
    ).fetchall()
    answers = ("core", "fellowship", "related", "outside", "unknown", "none")
    rows: list[tuple[Any, ...]] = []
    for want in ("yes", "no", "unknown"):
        cells = {given: n for label, given, n in found if label == want}
        agree = sum(n for given, n in cells.items() if TRAINS.get(given) == want)
        rows.append((want, *(cells.get(a, 0) for a in answers), share(agree / sum(cells.values()) if cells else None)))
    return Table("Hands: is the specialty trained for it (core, fellowship, related = yes)", ("label", *answers, "agrees"), rows)


def protected(con: duckdb.DuckDBPyConnection) -> Table:
    """Care that the law protects: lines, found as such (the person's claims show it), called cosmetic."""
    found = con.execute(
        """SELECT protected, count(*), count(*) FILTER (list_contains(given_protected, protected)), count(*) FILTER (raw_intent = 'cosmetic'),
                  count(*) FILTER (given_claim_intent = 'cosmetic' AND claim_intent <> 'cosmetic')
           FROM compared WHERE wrote AND protected IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    total = tuple(sum(row[i] for row in found) for i in range(1, 5))
    rows = [(name, n, seen, share(seen / n), lines, claims) for name, n, seen, lines, claims in [*found, ("all", *total)] if n]
    head = ("care", "lines", "found protected", "share", "lines called cosmetic", "lines in a claim called cosmetic")
    return Table("False flags: protected care called cosmetic", head, rows)


def by_scenario(con: duckdb.DuckDBPyConnection) -> Table:
    """Each scenario counts once: the mean over scenarios of the share of right lines."""
    rows = con.execute(
        """SELECT CASE WHEN hard THEN 'hard' ELSE 'plain' END, count(*), avg(i), avg(c), count(*) FILTER (i = 1) FROM (
             SELECT scenario, hard, avg((given_intent IS NOT DISTINCT FROM intent)::INT) AS i, avg((given_coverage IS NOT DISTINCT FROM coverage)::INT) AS c
             FROM compared WHERE wrote AND ours GROUP BY scenario, hard) GROUP BY ALL ORDER BY ALL DESC"""
    ).fetchall()
    head = ("scenarios", "how many", "intent right", "coverage right", "intent right on every line")
    return Table("Scenarios, each counted once", head, [(kind, n, share(i), share(c), whole) for kind, n, i, c, whole in rows])


def misses(con: duckdb.DuckDBPyConnection) -> Table:
    """What goes wrong, most frequent first: scenario, noise, wanted, given."""
    rows = con.execute(
        """SELECT scenario, coalesce(noise, ''), coalesce(intent, '') || ' / ' || coalesce(coverage, ''),
                  coalesce(raw_intent, 'nothing') || ' / ' || coalesce(given_coverage, ''), count(*) AS n
           FROM compared WHERE wrote AND ours IS NOT NULL AND (given_intent IS DISTINCT FROM intent OR given_coverage IS DISTINCT FROM coverage)
           GROUP BY ALL ORDER BY n DESC, 1, 2, 3, 4 LIMIT 200"""
    ).fetchall()
    return Table("Misses", ("scenario", "noise", "wanted", "given", "lines"), rows)


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def shown(table: Table, markdown: bool) -> str:
    """A table as text, or as Markdown."""
    cells = [table.head, *(tuple(f"{c:,}" if isinstance(c, int) else str(c) for c in row) for row in table.rows)]
    if markdown:
        lines = [f"| {' | '.join(row)} |" for row in cells]
        return "\n".join([f"### {table.title}", "", lines[0], "|" + " --- |" * len(table.head), *lines[1:], ""])
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.head))]
    lines = ["  " + "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))) for row in cells]
    return "\n".join([table.title, *lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("labelled", help="what gillies screen wrote")
    parser.add_argument("labels", help="the sample's labels.parquet")
    parser.add_argument("--misses", action="store_true", help="also list what went wrong, most frequent first")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    asked = parser.parse_args()
    con = duckdb.connect()
    join(con, asked.labelled, asked.labels)
    tables, flags = score(con)
    for table in [*tables, *([misses(con)] if asked.misses else [])]:
        print(shown(table, asked.markdown))
    print(f"False flags: {len(flags)}" + (", the first 50:" if len(flags) > 50 else ""))
    for flag in flags[:50]:
        print("  " + "  ".join(str(f) for f in flag if f is not None))


if __name__ == "__main__":
    main()
