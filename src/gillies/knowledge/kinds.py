"""What rules may ask for: every finding, every concern (as yes/no) and every derived finding, with its type and unit."""

from gillies.knowledge.records import Knowledge
from gillies.rules.evaluate import Rows
from gillies.rules.parse import Kind


def kinds_of(knowledge: Knowledge) -> dict[str, Kind]:
    """Finding id -> kind, for the rule parser."""
    kinds = {concern: Kind("yes-no") for concern in knowledge.concerns}
    for finding in knowledge.findings.values():
        unit = "months" if finding.type == "duration" else finding.unit
        kinds[finding.id] = Kind(finding.type, unit, tuple(finding.choices), finding.role == "document")
    for derived in knowledge.derived.values():
        kinds[derived.id] = Kind("number", derived.unit)
    return kinds


def table_units(knowledge: Knowledge) -> dict[str, str]:
    """Table id -> unit of what it gives."""
    return {table.id: table.gives_unit for table in knowledge.tables.values()}


def table_rows(knowledge: Knowledge) -> dict[str, Rows]:
    """Table id -> its rows."""
    return {table.id: table.rows for table in knowledge.tables.values()}


def recipes(knowledge: Knowledge) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Derived finding id -> (formula, inputs)."""
    return {derived.id: (derived.formula, derived.inputs) for derived in knowledge.derived.values()}
