"""From plain words to findings with spans."""
