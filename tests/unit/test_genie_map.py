"""The package can be read from its first page."""

import re
from pathlib import Path

import genie


def test_every_module_is_on_the_map() -> None:
    """The package's own words name each module, and none that is gone."""
    told = (genie.__doc__ or "").partition("For callers")[2]
    named = {name for line in told.splitlines() for name in re.findall(r"\w+", _names(line))}
    modules = {path.stem for path in Path(genie.__file__).parent.glob("*.py")} - {"__init__"}
    assert named == modules


def _names(line: str) -> str:
    """Return the first column of a line of the map."""
    return re.split(r"\s{2,}", line.strip())[0] if line.startswith("    ") else ""
