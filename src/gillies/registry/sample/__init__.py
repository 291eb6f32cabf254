"""A made-up registry in the official layouts, to try everything without a download. None of its people exists."""
