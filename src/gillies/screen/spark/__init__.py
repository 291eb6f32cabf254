"""Screening on Spark: the same SQL and the same rules, for claims that are too many for one machine."""
