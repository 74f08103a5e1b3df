"""`python -m editorial` is the `editorial` command."""

import sys

from editorial.cli.main import main

sys.exit(main())
