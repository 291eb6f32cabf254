"""The report on labelled claim lines: counted once, then told as terminal text, JSON or one HTML page."""

from gillies.screen.report.cells import hide_small
from gillies.screen.report.count import summarise
from gillies.screen.report.figures import RunInfo, Summary, as_json
from gillies.screen.report.page import as_page
from gillies.screen.report.text import as_text

__all__ = ["RunInfo", "Summary", "as_json", "as_page", "as_text", "hide_small", "summarise"]
