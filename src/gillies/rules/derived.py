"""Findings that follow from others by a published formula. Inputs and outputs are in the units of the docstrings."""

import math
from collections.abc import Mapping

from gillies.rules.nodes import Value


def mosteller(height_cm: float, weight_kg: float) -> float:
    """Body surface area in m². R. D. Mosteller, N Engl J Med 1987;317:1098: the root of height x weight / 3600."""
    return math.sqrt(height_cm * weight_kg / 3600)


def du_bois(height_cm: float, weight_kg: float) -> float:
    """Body surface area in m². D. Du Bois, E. F. Du Bois, Arch Intern Med 1916;17:863: 0.007184 x height^0.725 x weight^0.425."""
    return 0.007184 * math.pow(height_cm, 0.725) * math.pow(weight_kg, 0.425)


def body_mass_index(height_cm: float, weight_kg: float) -> float:
    """Weight over the square of height, kg/m²."""
    return weight_kg / (height_cm / 100) ** 2


FORMULAS = {"mosteller": mosteller, "du-bois": du_bois, "body-mass-index": body_mass_index}


def derive(facts: Mapping[str, Value], recipes: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, Value]:
    """The facts and what follows from them. `recipes`: finding id -> (formula name, ids of its inputs, in order).

    A derived value that is already known (said outright) is kept; one with a missing input stays unknown.
    """
    known = dict(facts)
    for finding, (formula, inputs) in recipes.items():
        if finding in known:
            continue
        values = [known[name] for name in inputs if isinstance(known.get(name), (int, float))]
        if len(values) == len(inputs):
            known[finding] = FORMULAS[formula](*(float(value) for value in values))
    return known
