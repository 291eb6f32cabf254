"""The places of the figure, and the concerns that each of them offers."""

import msgspec

from gillies.knowledge.records import Knowledge

JOINED = {"skull": "scalp", "eye": "eyelid", "nipple": "breast", "foot": "leg"}
"""Small places that are offered with a larger one."""
NAMES = {"scalp": "Scalp, hair and skull", "eyelid": "Eyelids and eyes", "breast": "Breasts and nipples", "leg": "Legs and feet", "face": "Face as a whole"}


class Place(msgspec.Struct, frozen=True):
    """A place: its id, its name, and (id, name) of its concerns."""

    id: str
    name: str
    concerns: tuple[tuple[str, str], ...]


def places(knowledge: Knowledge) -> list[Place]:
    """Every place that something is known about, in the order of the list of places."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for key in knowledge.sites:
        listed.setdefault(JOINED.get(key, key), [])
    for key, concern in knowledge.concerns.items():
        if not concern.general:
            listed[JOINED.get(concern.site, concern.site)].append((key, concern.name))
    return [
        Place(key, NAMES.get(key) or knowledge.sites[key].name, tuple(sorted(concerns, key=lambda pair: pair[1])))
        for key, concerns in listed.items()
        if concerns
    ]
