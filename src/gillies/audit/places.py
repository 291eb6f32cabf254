"""Findings on the place: far from every one on record."""

from collections.abc import Callable

from gillies.audit.judging import first_of
from gillies.screen.tables import Session

Middle = Callable[[str], tuple[float, float] | None]
"""Latitude and longitude of the middle of a ZIP code."""

FAR = 100
"""Miles between the middles of two ZIP codes from which a place is far: nobody drives it every day."""

EARTH = 3958.8
"""Miles from its middle to the surface."""


def places(db: Session, fills: tuple[str, ...], middle_of: Middle) -> None:
    """f_place: state or ZIP of the row are far from every place of practice on record."""
    if "state" not in fills and "zip" not in fills:
        db.load("f_place", {"g_row": "BIGINT", "kind": "VARCHAR", "confidence": "VARCHAR", "say": "VARCHAR"}, [])
        return
    zips = db.fetch("SELECT DISTINCT zip FROM g_rows WHERE zip IS NOT NULL UNION SELECT DISTINCT zip5 FROM g_places WHERE zip5 IS NOT NULL")
    known = ((zip5, *middle) for (zip5,) in zips if (middle := middle_of(zip5)))
    db.load("g_middles", {"zip5": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE"}, known)
    db.table("g_licensed", "SELECT DISTINCT npi, license_state AS state FROM r_taxonomy JOIN g_npis USING (npi) WHERE license_state IS NOT NULL")
    line = "sin(radians(a.lat)) * sin(radians(b.lat)) + cos(radians(a.lat)) * cos(radians(b.lat)) * cos(radians(a.lon - b.lon))"
    miles = f"CASE WHEN p.zip5 = r.zip THEN 0 WHEN a.lat IS NOT NULL AND b.lat IS NOT NULL THEN {EARTH} * acos(least(1.0, {line})) END"
    here = "SELECT r.g_row, r.npi, r.state, r.zip, p.state AS on_state, p.zip5 AS on_zip, " + miles + " AS miles FROM g_rows r JOIN g_places p USING (npi) "
    here += "LEFT JOIN g_middles a ON a.zip5 = r.zip LEFT JOIN g_middles b ON b.zip5 = p.zip5 WHERE r.state IS NOT NULL OR r.zip IS NOT NULL"
    shown = "on_state || coalesce(' ' || on_zip, '') AS nearest"
    some = f"SELECT g_row, npi, state, zip, miles, {shown}, bool_or(on_state = state) OVER (PARTITION BY g_row) AS same_state FROM ({here}) AS h"
    db.table("g_away", first_of(some, "g_row", "coalesce(miles, 99999), nearest"))
    far = f"CASE WHEN miles IS NOT NULL THEN miles > {FAR} ELSE NOT same_state END"
    sure = "CASE WHEN coalesce(NOT w.same_state, false) AND l.npi IS NULL THEN 'fair' ELSE 'weak' END"
    where = "concat_ws(' ', w.state, w.zip)"
    how = "coalesce(', about ' || CAST(CAST(round(w.miles / 10) * 10 AS BIGINT) AS VARCHAR) || ' miles away', '')"
    licensed = "CASE WHEN l.npi IS NOT NULL AND NOT w.same_state THEN ' A license for that state is on record.' ELSE '' END"
    db.table(
        "f_place",
        f"SELECT w.g_row, 'place-not-on-record' AS kind, {sure} AS confidence, "
        f"'The row says ' || {where} || '; the nearest place on record is ' || w.nearest || {how} || '.' || {licensed} AS say "
        f"FROM g_away w LEFT JOIN g_licensed l ON l.npi = w.npi AND l.state = w.state WHERE {far}",
    )
