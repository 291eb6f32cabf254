"""The language of `says`: how a phrase of the lexicon, and a text, become words."""
