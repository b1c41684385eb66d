"""`python -m govkb` does what `govkb` does."""

from govkb.cli.main import main

if __name__ == "__main__":
    main()
