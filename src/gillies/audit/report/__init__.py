"""The report on a directory: counted once, then told as terminal text, JSON or one HTML page."""
