"""Imported once by the fork server, never by the bot: what each worker process starts with.

matplotlib keeps its font list where MPLCONFIGDIR says; a folder that stays saves a quarter of a second at
each start. https://matplotlib.org/stable/install/environment_variables_faq.html
"""

import os

from bot.config.paths import matplotlib_dir

os.environ.setdefault("MPLCONFIGDIR", str(matplotlib_dir()))
# Threads of numpy's linear algebra would be of no use here and cost memory.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import render.answer.compose  # noqa: F401 (only after the environment is set)
