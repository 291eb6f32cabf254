"""Made-up providers, by number: everything about the i-th follows from i and the seed, so that any file can be written in pieces and agree with the others."""

import random
from math import gcd

import duckdb

from gillies.registry.npi import check_digit_sql
from gillies.registry.sample import words
from gillies.screen.engine import ask, text

PRIME = 2_147_483_647
DEAD, FIRM, REACTIVATED, LISTED = 0.035, 0.23, 0.003, 0.001
"""Shares: deactivated rows, organisations, numbers that came back, numbers that only the report of deactivated NPIs knows to be gone."""


def prepare(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Makes the lists and the macro that everything is drawn with. (No engine's own random numbers: they change between versions.)"""
    starts, middles, ends = words.SURNAME_STARTS, words.SURNAME_MIDDLES, words.SURNAME_ENDS
    of = len(starts) * len(middles) * len(ends)
    for name, items in (
        ("starts", starts), ("middles", middles), ("ends", ends), ("accented", words.ACCENTED), ("firsts", words.FIRST), ("codes", words.SPECIALTIES),
        ("firm_codes", words.FIRM_SPECIALTIES),
        ("streets", words.STREETS), ("firms", words.FIRMS), ("titles", words.TITLES), ("schools", words.SCHOOLS),
        ("towns", [f"{town}|{state}|{code}" for town, state, code in words.towns()]),
    ):  # fmt: skip
        ask(con, f"CREATE OR REPLACE MACRO {name}() AS [{', '.join(map(text, items))}]")
    # The n-th surname. Its syllables are far from those of the one before: frequent names are no family of look-alikes.
    scattered = f"(n * {_coprime(of, seed)} % {of})"
    ask(
        con,
        f"CREATE OR REPLACE MACRO surname_of(n) AS starts()[1 + {scattered} % {len(starts)}] || "
        f"middles()[1 + {scattered} // {len(starts)} % {len(middles)}] || "
        f"ends()[1 + {scattered} // {len(starts) * len(middles)}]",
    )
    ask(con, f"CREATE OR REPLACE MACRO surname(die) AS surname_of(CAST(floor({of} * pow(die, 1.6)) AS BIGINT))")
    ask(con, "CREATE OR REPLACE MACRO pick(items, die) AS items[1 + CAST(floor(len(items) * die) AS INT)]")


def _coprime(of: int, seed: int) -> int:
    """A step that visits every number below `of` before it comes back."""
    return next(step for step in range(of // 3 + seed % 1000, of) if gcd(step, of) == 1)


def die(name: str) -> str:
    """A number from 0 up to 1 for each provider, one for each name: a line over two numbers drawn for the provider, so two dice tell nothing of each other."""
    dice = random.Random(name)  # noqa: S311  # dice, not secrets
    return f"((a * {dice.randrange(1, PRIME)} + b * {dice.randrange(1, PRIME)}) % {PRIME} / {PRIME}.0)"


def pick(items: str, name: str, skew: float = 1) -> str:
    """An item of a list; with a skew above 1 the first are drawn most."""
    return f"pick({items}(), pow({die(name)}, {skew}))" if skew != 1 else f"pick({items}(), {die(name)})"


def day(name: str, first: str, days: int) -> str:
    """A day from `first` on."""
    return f"(DATE '{first}' + CAST(floor({days} * {die(name)}) AS INT))"


def number(name: str, first: int, count: int) -> str:
    """A whole number from `first` on, one of so many."""
    return f"CAST({first} + floor({count} * {die(name)}) AS INT)"


def digits(name: str, many: int) -> str:
    """So many digits."""
    return f"lpad(CAST({number(name, 0, 10**many)} AS VARCHAR), {many}, '0')"


def us(value: str) -> str:
    """A day as NPPES writes it."""
    return f"strftime({value}, '%m/%d/%Y')"


def phone(name: str) -> str:
    """A number that nobody has: the exchange 555."""
    return f"({number(name, 200, 780)} || '555' || {digits(name + ' line', 4)})"


def plain_surname(name: str) -> str:
    """A made-up surname, some far more frequent than others."""
    return f"surname({die(name)})"


def surname(name: str) -> str:
    """A made-up surname: now and then of two parts, with an apostrophe or a letter beyond English."""
    plain, odd = plain_surname(name), die(name + " odd")
    return (
        f"CASE WHEN {odd} < 0.03 THEN {plain} || '-' || {plain_surname(name + ' second')} "
        f"WHEN {odd} < 0.04 THEN 'O''' || {plain} "
        f"WHEN {odd} < 0.05 THEN 'DE LA ' || {plain} WHEN {odd} < 0.06 THEN {pick('accented', name)} ELSE {plain} END"
    )


def providers(low: int, high: int, seed: int, drawn: str = "true") -> str:
    """SELECT of providers `low` up to `high` of whose number and dice `drawn` holds, one row each with short names, from which every file is written."""
    return f"""
    WITH drawn AS (
        SELECT i, CAST(md5_number_lower('{seed}:' || i) % {PRIME} AS BIGINT) AS a, CAST(md5_number_upper('{seed}:' || i) % {PRIME} AS BIGINT) AS b,
               900000000 + (i * 73678787 + {seed % 1000} * 7919 + 12345) % 100000000 AS nine
        FROM range({low}, {high}) t(i)
    ), told AS (
        SELECT *, CAST(nine AS VARCHAR) || CAST({check_digit_sql("nine")} AS VARCHAR) AS npi, {die("dead")} < {DEAD} AS dead, {die("firm")} < {FIRM} AS firm,
               {pick("towns", "town", 1.7)} AS place, {pick("towns", "second town", 1.3)} AS place2,
               {pick("codes", "specialty", 1.9)} AS code, {pick("firm_codes", "firm specialty", 1.5)} AS firm_code
        FROM drawn WHERE {drawn}
    )
    SELECT *, NOT dead AND NOT firm AS person, NOT dead AND firm AS organization,
           split_part(place, '|', 1) AS city, split_part(place, '|', 2) AS state, split_part(place, '|', 3) AS zip,
           split_part(place2, '|', 1) AS city2, split_part(place2, '|', 2) AS state2, split_part(place2, '|', 3) AS zip2,
           {surname("last")} AS last, {pick("firsts", "first", 1.4)} AS first,
           {plain_surname("firm name")} || ' ' || {pick("firms", "firm kind")} || ' (SAMPLE)' || CASE WHEN {die("inc")} < 0.5 THEN ', INC' ELSE '' END AS name,
           CASE WHEN starts_with(code, '163W') THEN 'RN' WHEN starts_with(code, '363L') THEN 'NP' WHEN starts_with(code, '363A') THEN 'PA-C'
                WHEN code IN ('1223G0001X', '1223S0112X', '204E00000X') THEN 'DDS'
                WHEN starts_with(code, '20') THEN CASE WHEN {die("do")} < 0.1 THEN 'D.O.' ELSE 'M.D.' END
           END AS credential,
           CASE WHEN {die("sex")} < 0.6 THEN 'F' WHEN {die("sex")} < 0.98 THEN 'M' ELSE 'X' END AS sex,
           {die("listed")} < {LISTED} AND NOT dead AS listed
    FROM told"""
