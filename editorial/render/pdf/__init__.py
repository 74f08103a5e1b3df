"""Drafts and letters as PDF."""

import os

# numpy would wake a thread for every core, for linear algebra that nothing here asks for.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
