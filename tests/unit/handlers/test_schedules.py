"""What `/genie schedule` understands; anything else is a question."""

import pytest

from handlers.commands.subcommands import FORMS
from handlers.payloads.commands import parse, rhythm_and_question
from render import words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("schedule", ("schedule", "")),
        ("schedule Each  Morning: revenue: by day", ("schedule", "Each  Morning: revenue: by day")),
        ("schedule weekly:orders", ("schedule", "weekly:orders")),
        ("schedule each morning", (None, "schedule each morning")),
        ("schedule each morning:  ", (None, "schedule each morning:")),
        ("schedule of deliveries: by week", (None, "schedule of deliveries: by week")),
    ],
)
def test_a_schedule_says_how_often_and_what(text: str, read: tuple[str | None, str]) -> None:
    """With a rhythm, a colon and a question; other words after it are a question as they stand."""
    assert parse(text, FORMS) == read


def test_each_way_to_say_how_often_is_understood() -> None:
    """The question is what follows the first colon."""
    for often, rhythm in {**words.watches.RHYTHMS, **words.watches.OTHER_RHYTHMS}.items():
        assert rhythm_and_question(f"{often.title()} : why: so?") == (rhythm, "why: so?")
    assert rhythm_and_question("each year: why?") == ("", "")
