"""The rule language: three-valued trees over named findings. Knows no medicine."""
