"""Directories of providers held against the registry: what is worth a look, row by row."""
