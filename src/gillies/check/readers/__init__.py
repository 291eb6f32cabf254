"""A file -> plain data: its text, and for each stretch of it what it is and where it came from. Nothing is fetched; heavy readers are imported when needed."""
