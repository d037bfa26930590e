"""Each package can be read from its first page."""

import re
from pathlib import Path
from types import ModuleType

import pytest

import bot
import genie
import handlers
import render


@pytest.mark.parametrize("package", [bot, handlers, genie, render], ids=lambda package: package.__name__)
def test_every_entry_is_on_the_map(package: ModuleType) -> None:
    """The package's own words name each of its entries once, and none that is gone."""
    named = re.findall(r"(?m)^    (\w+) {2,}\S", package.__doc__ or "")
    folder = Path(package.__file__ or "").parent
    entries = {path.stem for path in folder.iterdir()} - {"__init__", "__pycache__"}
    assert sorted(named) == sorted(entries)
