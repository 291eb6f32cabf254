"""Whoever asks for a procedure by any of its names is offered it."""

from datetime import date

import pytest

AMBIGUOUS = {
    "freezing", "muscle repair", "brow shave", "hand fillers", "wide local excision", "debulking", "mma", "jaw advancement", "prednisolone",
    "prednisone", "pt", "birthmark treatment", "pulsed dye laser", "vascular laser", "bellafill", "sun protection", "silicone", "biopsy", "suturing",
    "stitches", "orchiectomy", "breast augmentation or reduction for asymmetry", "steroid tablets for bell's palsy", "tram", "bfs",
    "chemodenervation",
}  # fmt: skip
"""Names that mean something else as well, or more often, when nothing stands beside them."""


@pytest.mark.parametrize("ask", ["I would like to get {}.", "I am thinking about {}, is it worth it?"])
def test_a_procedure_is_offered_by_each_of_its_names(engine, ask):
    known = engine.compiled.knowledge.procedures
    named = [(key, name.lower()) for key, procedure in known.items() for name in (procedure.name, *procedure.also_called)]
    missed = [
        f"{key}: {name}" for key, name in named
        if name not in AMBIGUOUS and key not in [p.procedure for p in engine.assess(ask.format(name), date(2026, 11, 21)).procedures[:5]]
    ]  # fmt: skip
    assert not missed
