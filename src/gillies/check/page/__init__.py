"""The answer as one HTML page that needs nothing else: the text with its verdicts beside it, the score, what was left alone, how it was made."""
