"""`python -m hookseal`: verify, explain and sign deliveries, and list the providers."""

import sys

from ._command import main

if __name__ == "__main__":
    sys.exit(main())
