"""`python -m gillies`."""

from gillies.cli import run

if __name__ == "__main__":
    run()
