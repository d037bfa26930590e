"""Every method of Slack that the bot calls has its row in the table of what waits for it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[4]
CALL = re.compile(
    r"\b(?:_?slack|client)\.((?:agents|apps|assistant|auth|chat|conversations|files|usergroups|users|views)_\w+)"
)
TOLD = re.compile(r"`((?:[a-z]+\.)+[a-z]\w+)`", re.IGNORECASE)


def test_each_method_is_in_the_table() -> None:
    """Who adds a call says whether an answer waits for it."""
    sources = [path.read_text() for name in ("bot", "handlers") for path in (ROOT / name).rglob("*.py")]
    called = {name.replace("_", ".") for source in sources for name in CALL.findall(source)}
    page = (ROOT / "docs" / "developing.md").read_text()
    rows = [
        line for line in page.partition("| Method |")[2].partition("\n## ")[0].splitlines() if "|" in line
    ]
    assert len(called) > 15
    assert {name for row in rows for name in TOLD.findall(row.split("|")[1])} == called
