"""How well a text informs its readers, as far as a program can tell: after DISCERN and the JAMA benchmarks, item by item, never as one mark."""
