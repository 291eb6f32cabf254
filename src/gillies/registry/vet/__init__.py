"""One provider against one procedure: what is on record, how it fits, what no record can tell, and where to ask."""
