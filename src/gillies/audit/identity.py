"""Findings on the name: whether it agrees with one that NPPES has for the number, and with a line of the exclusion list."""

from gillies.audit.judging import beside, first_of, judge
from gillies.registry.agreement import ENOUGH, Person, agree, first_names_like, organizations_agree
from gillies.registry.clean import key
from gillies.screen.tables import Session

STANDS = "contains(r.padded, ' ' || {} || ' ')"
EQUAL = (
    f"(n.last_key IS NOT NULL AND {STANDS.format('n.last_key')} AND {STANDS.format('coalesce(n.first_key, n.last_key)')} "
    "OR n.organization_key IS NOT NULL AND r.padded = ' ' || n.organization_key || ' ')"
)
"""Whether all the words of a name `n` stand in the name of the row `r`, in any order: so it mostly is, and then nothing more needs to be looked at."""

GIVEN = ("whole", "last", "first", "middle")
HELD = ("on_last", "on_first", "on_middle", "on_organization")
PAIR = (*GIVEN, *HELD)
SAYS = {"score": "DOUBLE", "why": "VARCHAR"}
NEITHER = 0.35
"""Below this score neither the surname nor the first name agrees."""


def names(db: Session) -> None:
    """g_score: of each row with a name and one on record, how well the best agrees (1: all words of it stand there). f_name: it agrees with none."""
    db.table("g_same", f"SELECT DISTINCT g_row FROM g_rows r JOIN g_names n USING (npi) WHERE {EQUAL}")
    own = ", ".join(f"r.{column}" for column in GIVEN)
    theirs = "n.last AS on_last, n.first AS on_first, n.middle AS on_middle, n.organization AS on_organization"
    of_kind = "(n.organization IS NOT NULL AND r.entity = '2' OR n.last IS NOT NULL AND r.entity = '1')"
    unsettled = f"r.whole IS NOT NULL AND {of_kind} AND NOT EXISTS (SELECT 1 FROM g_same s WHERE s.g_row = r.g_row)"
    db.table("g_pairs", f"SELECT r.g_row, {own}, {theirs} FROM g_rows r JOIN g_names n USING (npi) WHERE {unsettled}")
    judge(db, "g_compared", "g_pairs", PAIR, SAYS, compared)
    record = "coalesce(s.on_organization, concat_ws(' ', s.on_first, s.on_last))"
    told = f"SELECT s.g_row, j.score, j.why, {record} AS record FROM {beside('g_pairs', 'g_compared', PAIR)}"
    db.table("g_best", first_of(told, "g_row", "score DESC, record, why"))
    sure = f"CASE WHEN score < {NEITHER} THEN 'fair' ELSE 'weak' END"
    db.table(
        "f_name",
        f"SELECT g_row, 'name-differs' AS kind, {sure} AS confidence, 'On record for this number: ' || record || '. ' || why AS say "
        f"FROM g_best WHERE score < {ENOUGH}",
    )
    db.view("g_score", "SELECT g_row, CAST(1 AS DOUBLE) AS score FROM g_same UNION ALL SELECT g_row, score FROM g_best")


def compared(
    whole: str,
    last: str | None,
    first: str | None,
    middle: str | None,
    on_last: str | None,
    on_first: str | None,
    on_middle: str | None,
    on_organization: str | None,
) -> tuple[float, str]:
    """How well a name given and one on record agree, and in what they do not."""
    if on_organization is not None:
        held = organizations_agree(whole, on_organization)
    else:
        given = Person(last or "", first or "", middle or "") if last else whole
        held = agree(given, Person(on_last or "", on_first or "", on_middle or ""))
    return held.score, held.say


def exclusions(db: Session) -> None:
    """f_excluded: the exclusion list has number and name, only the number, or only the name."""
    keys = f"{key('last')} AS last_key, {key('first')} AS first_key, {key('business')} AS organization_key"
    held = {"npi": "on_npi", "last": "on_last", "first": "on_first", "middle": "on_middle", "business": "on_organization", "state": "on_state"}
    lines = f"SELECT {', '.join(f'{theirs} AS {ours}' for theirs, ours in held.items())}, basis, day, waiver_state"
    db.table("g_lines", f"SELECT ROW_NUMBER() OVER () AS line, * FROM ({lines}, {keys} FROM r_exclusion WHERE reinstated IS NULL) AS e")
    _by_number(db)
    _by_name(db)
    entry = "coalesce(on_organization, concat_ws(' ', on_first, on_middle, on_last)) || coalesce(' (' || on_state || ')', '')"
    waived = "coalesce(' The exclusion is waived for ' || waiver_state || '.', '')"
    since = f"', excluded since ' || CAST(day AS VARCHAR) || coalesce(' under section ' || basis, '') || '.' || {waived}"
    listed = f"'The exclusion list has {{}}: ' || {entry} || {since}"
    both, other = listed.format("this number and name"), listed.format("this number under another name")
    same = f"SELECT g_row, 'excluded' AS kind, 'firm' AS confidence, {both} AS say FROM g_by_number WHERE agrees"
    number = f"SELECT g_row, 'maybe-excluded' AS kind, 'fair' AS confidence, {other} AS say FROM g_by_number WHERE NOT agrees"
    sure = "CASE WHEN near THEN 'fair' ELSE 'weak' END"
    alone = f"CASE WHEN numbered THEN {listed.format('such a name, under another NPI')} ELSE {listed.format('such a name, without an NPI')} END"
    known_as = "CASE WHEN given THEN '' ELSE ' It is a name on record for this number.' END"
    name = f"SELECT g_row, 'maybe-excluded' AS kind, {sure} AS confidence, {alone} || {known_as} AS say FROM g_by_name"
    db.table(
        "f_excluded", f"{same} UNION ALL {number} UNION ALL {name} WHERE NOT EXISTS (SELECT 1 FROM g_by_number b WHERE b.agrees AND b.g_row = g_by_name.g_row)"
    )


def _by_number(db: Session) -> None:
    """g_by_number: rows whose number is on the list, and whether the name agrees (the legal one on record, where the row gives none): with the line's, or
    with one on record for the number while the line's is another one of them."""
    legal = "(SELECT npi, last, first, middle, coalesce(organization, concat_ws(' ', first, middle, last)) AS whole FROM g_providers)"
    own = ", ".join(f"coalesce(r.{column}, CASE WHEN r.whole IS NULL THEN p.{column} END) AS {column}" for column in GIVEN)
    db.table("g_met", f"SELECT r.g_row, {own}, l.* FROM g_rows r JOIN g_lines l ON l.on_npi = r.npi LEFT JOIN {legal} p ON p.npi = r.npi")
    judge(db, "g_met_compared", "g_met", PAIR, SAYS, lambda whole, *rest: compared(whole or "", *rest))
    told = "s.g_row, s.on_organization, s.on_first, s.on_middle, s.on_last, s.on_state, s.basis, s.day, s.waiver_state"
    same_person = "n.last_key = l.last_key AND n.first_key = l.first_key OR n.organization_key = l.organization_key"
    db.table("g_of_record", f"SELECT DISTINCT l.line FROM g_lines l JOIN g_names n ON n.npi = l.on_npi WHERE {same_person}")
    agrees = f"j.score >= {ENOUGH} OR (k.line IS NOT NULL AND coalesce(g.score >= {ENOUGH}, false)) AS agrees"
    db.table(
        "g_by_number",
        f"SELECT {told}, {agrees} FROM {beside('g_met', 'g_met_compared', PAIR)} "
        "LEFT JOIN g_of_record k ON k.line = s.line LEFT JOIN g_score g ON g.g_row = s.g_row",
    )


def _by_name(db: Session) -> None:
    """g_by_name: rows with the name of a line, and whether the state agrees too. A line with a number is another person's, unless the row's own is none.

    The words of the row's name and the names on record are looked up by surname and first name at once; the list's first names stand there in every
    form that people use for them.
    """
    lines = "SELECT line, last_key, first_key, organization_key, split_part(last_key, ' ', -1) AS word FROM g_lines"
    db.table("g_filed", lines)
    firsts = [first for (first,) in db.fetch("SELECT DISTINCT first_key FROM g_filed WHERE first_key IS NOT NULL")]
    db.load("g_forms", {"first_key": "VARCHAR", "form": "VARCHAR"}, ((first, form) for first in firsts for form in {first, *first_names_like(first)}))
    db.table("g_wanted", "SELECT n.line, n.last_key, n.word, f.form FROM g_filed n JOIN g_forms f USING (first_key)")
    words = "SELECT DISTINCT g_row, unnest(string_split(trim(padded), ' ')) AS word FROM g_rows WHERE entity = '1' AND padded IS NOT NULL"
    db.table("g_words", words)
    surnames = "(SELECT g_row, word FROM g_words WHERE word IN (SELECT word FROM g_wanted)) AS a"
    others = "(SELECT g_row, word AS form FROM g_words WHERE word IN (SELECT form FROM g_wanted)) AS b"
    given = f"SELECT a.g_row, w.line, TRUE AS given FROM {surnames} JOIN {others} USING (g_row) JOIN g_wanted w ON w.word = a.word AND w.form = b.form "
    given += f"JOIN g_rows r ON r.g_row = a.g_row WHERE a.word <> b.form AND {STANDS.format('w.last_key')}"
    held = (
        "SELECT r.g_row, w.line, FALSE AS given FROM g_rows r JOIN g_names n USING (npi) JOIN g_wanted w ON w.last_key = n.last_key AND w.form = n.first_key "
    )
    held += "WHERE NOT EXISTS (SELECT 1 FROM f_name f WHERE f.g_row = r.g_row)"  # else the number is perhaps another person's
    firms = "SELECT r.g_row, l.line, TRUE AS given FROM g_rows r JOIN g_filed l ON r.padded = ' ' || l.organization_key || ' '"
    db.table("g_hits", f"SELECT g_row, line, bool_or(given) AS given FROM ({given} UNION ALL {held} UNION ALL {firms}) AS h GROUP BY g_row, line")
    near = "SELECT h.g_row, h.line FROM g_hits h JOIN g_lines l USING (line) JOIN g_rows r USING (g_row) LEFT JOIN g_places p ON p.npi = r.npi "
    near += "WHERE l.on_state = r.state OR l.on_state = p.state"
    middle = "coalesce(r.middle, p.middle)"
    apart = f"coalesce(upper(substr({middle}, 1, 1)) <> upper(substr(l.on_middle, 1, 1)), false)"
    numbered = "coalesce(l.on_npi > 0, false)"
    told = f"{numbered} AS numbered, l.on_organization, l.on_first, l.on_middle, l.on_last, l.on_state, l.basis, l.day, l.waiver_state"
    db.table(
        "g_by_name",
        f"SELECT h.g_row, h.given, {told}, x.line IS NOT NULL AS near FROM g_hits h JOIN g_lines l USING (line) JOIN g_rows r ON r.g_row = h.g_row "
        f"LEFT JOIN g_providers p ON p.npi = r.npi LEFT JOIN (SELECT DISTINCT g_row, line FROM ({near}) AS y) AS x ON x.g_row = h.g_row AND x.line = h.line "
        f"WHERE NOT {apart} AND (NOT {numbered} OR (p.npi IS NULL AND l.on_npi IS DISTINCT FROM r.npi))",
    )
