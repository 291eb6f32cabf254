"""Timing side by side: every peer in turn, round after round, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Sequence
from typing import Any


def seconds_an_item(runs: dict[str, Callable[[Any], Any]], items: Sequence[Any], rounds: int) -> dict[str, list[float]]:
    """Name -> seconds an item, one figure a round, after one warm-up round."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            begun = time.perf_counter()
            for item in items:
                run(item)
            if turn:
                times[name].append((time.perf_counter() - begun) / len(items))
    return times
