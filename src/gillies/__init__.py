"""gillies: what kind of care a change to face or body is, whose hands it needs, who pays, what to expect, from cited facts."""

__version__ = "0.1.0"
