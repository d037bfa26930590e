"""Imported once by the fork server, never by the bot: what every drawing process starts with.

matplotlib keeps its font list where MPLCONFIGDIR says; a folder that stays saves a quarter of a second at
each start. https://matplotlib.org/stable/install/environment_variables_faq.html
"""

import os
import sys
from pathlib import Path

_CACHES = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")

os.environ.setdefault(
    "MPLCONFIGDIR", str(Path(os.environ.get("XDG_CACHE_HOME") or _CACHES) / "genie-slack-bot" / "matplotlib")
)
# Threads of numpy's linear algebra would be of no use here and cost memory.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import render.figure.draw  # noqa: E402, F401 (only after the environment is set)
