"""Claims by the million: layouts, reading, writing. Nothing here is imported before it is asked for."""
