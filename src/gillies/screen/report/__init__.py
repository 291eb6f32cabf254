"""The report on labelled claim lines: counted once, then told as terminal text, JSON or one HTML page."""

from gillies.screen.report.cells import hide_small
from gillies.screen.report.count import summarise
from gillies.screen.report.figures import RunInfo, Summary, as_json

__all__ = ["RunInfo", "Summary", "as_json", "hide_small", "summarise"]
