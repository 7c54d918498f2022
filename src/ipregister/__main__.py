"""`python -m ipregister` is the program `ipregister`."""

from ipregister.cli import main

if __name__ == "__main__":
    main()
