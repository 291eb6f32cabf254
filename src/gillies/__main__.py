"""`python -m gillies`."""

from gillies.cli import main

if __name__ == "__main__":
    main()
