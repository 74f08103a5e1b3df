"""年鉴、地方志编纂流程工具。Editorial workflow for Chinese yearbooks and gazetteers."""

from time import time_ns

__version__ = "0.1.0"

# Of what changed on disk since, this process does not know.
STARTED = time_ns()
