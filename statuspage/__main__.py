"""`python -m statuspage` and the `statuspage` command."""

from statuspage.cli.main import main

if __name__ == "__main__":
    main()
