"""How far it is from one ZIP to another: from middle to middle, as the crow flies."""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from gillies.registry.search.files import Files
from gillies.registry.search.packing import NO_ZIP

FILE = "zip.middles"
KM_A_MILE = 1.609344
MILES_A_RADIAN = 3958.8
"""The earth's mean radius."""

MILES_A_DEGREE = 68.7
"""Of latitude, at the least."""

PREFIX = 100
"""ZIPs that begin with the same three digits lie together."""

Floats = npt.NDArray[np.float32]


class From(msgspec.Struct, frozen=True):
    """A ZIP to search around. `miles`: to every ZIP, infinite beyond the radius; `rough`: its own middle is not known, that of its neighbours is taken."""

    zip: str
    radius: float
    miles: Floats
    rough: bool


@cache
def middles() -> Floats:
    """Latitude, longitude and whether they are rough, for every number that a ZIP can have.

    The middles come with the package zipcodes, which has them from GeoNames (CC BY 4.0). A ZIP that it does not know, as new ones, is put in the
    middle of those that begin with the same three digits.
    """
    import zipcodes  # only while a registry is built

    out = np.full((NO_ZIP, 3), np.nan, np.float32)
    for each in zipcodes.list_all():  # type: ignore[no-untyped-call]  # the package ships no types for it
        middle = float(each["lat"] or 0), float(each["long"] or 0)
        if any(middle):  # military posts abroad have zeros
            out[int(each["zip_code"])] = (*middle, 0)
    for low in range(0, NO_ZIP, PREFIX):
        group = out[low : low + PREFIX]
        known = group[:, 2] == 0
        if known.any():
            group[~known] = (*group[known, :2].mean(axis=0), 1)
    return out


def write(folder: Path) -> None:
    """Puts the middles into a registry, so that a search needs to load nothing for them."""
    middles().tofile(folder / FILE)


class Around:
    """The middles, as a registry has them."""

    def __init__(self, files: Files) -> None:
        self.middles: Floats = np.frombuffer(files[FILE], np.float32).reshape(NO_ZIP, 3)

    def start(self, code: str, radius: float) -> From | None:
        """All ZIPs within so many miles of one; None where nothing is known of it, nor of those around."""
        latitude, longitude, rough = (float(value) for value in self.middles[int(code)])
        if np.isnan(latitude):
            return None
        miles = np.full(NO_ZIP + 1, np.inf, np.float32)
        near = np.flatnonzero(np.abs(self.middles[:, 0] - latitude) <= radius / MILES_A_DEGREE)
        far = distance(latitude, longitude, self.middles[near, 0], self.middles[near, 1])
        miles[near[far <= radius]] = far[far <= radius]
        miles[int(code)] = 0
        return From(code, radius, miles, bool(rough))

    def is_rough(self, code: str) -> bool:
        """Whether a ZIP's own middle is not known."""
        return bool(self.middles[int(code), 2])


def distance(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    """Miles along the ground (haversine)."""
    a, b = np.radians(latitude), np.radians(latitudes)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(longitudes - longitude) / 2) ** 2
    return np.asarray(2 * MILES_A_RADIAN * np.arcsin(np.sqrt(half)), np.float32)
