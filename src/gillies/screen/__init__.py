"""Claims by the million: the same rules as SQL, a labelled table and a report out."""
