"""Claims by the million: every line labelled by the rules that answer a person, run as SQL."""
