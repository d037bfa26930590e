"""Buttons and the values that come back from them."""

import json

import pytest

from render.blockkit.buttons import (
    ButtonValue,
    ask_again,
    check_again,
    decode,
    encode,
    overflow_menu,
    read_option,
    start_fresh,
    suggestions,
)


def test_a_suggestion_carries_the_whole_question() -> None:
    """The button's text is cut at a word, its value is not."""
    question = (
        "Which products drive EMEA revenue, and how did their share change over the last eight quarters?"
    )
    (button,) = suggestions([question], "key")
    assert button["action_id"] == "suggestion:0"
    assert (
        button["text"]["text"]
        == "Which products drive EMEA revenue, and how did their share change over the…"
    )
    assert json.loads(button["value"]) == {"q": question, "i": "key"}
    assert decode(button["value"]) == ButtonValue("key", question)


def test_suggestions_are_few_and_usable() -> None:
    """Blank questions and questions that would not come back whole are left out; the rest are numbered."""
    made = suggestions(["", "\u200b", "漢" * 1990, *"abcdefg"], "key")
    assert [button["text"]["text"] for button in made] == list("abcde")
    assert [button["action_id"] for button in made] == [f"suggestion:{at}" for at in range(5)]


def test_asking_and_checking_again_name_the_question() -> None:
    """The button to try again carries the key as JSON, the one to check again the key itself."""
    assert decode(ask_again("key")["value"]) == ButtonValue("key")
    assert ask_again("key")["action_id"] == "ask_again"
    assert (check_again("key")["action_id"], check_again("key")["value"]) == ("check_again", "key")


def test_the_menu_of_an_answer_names_its_question() -> None:
    """Each option says what is wanted and for which question, within what Slack takes."""
    key = "T0TEAM00000.C0SALES00000.1763890000.123456.suggestion:0"
    options = overflow_menu(key, (("excel", "Download Excel"), ("fresh", "Start Fresh")))["options"]
    assert [read_option(option["value"]) for option in options] == [("excel", key), ("fresh", key)]
    assert all(len(option["value"]) <= 150 for option in options)
    assert decode(start_fresh("key")["value"]) == ButtonValue("key")


@pytest.mark.parametrize("value", ["", "key", "[]", "1", '{"i": 1}', '{"q": null, "i": ""}', "{", "null"])
def test_foreign_values_decode_to_nothing(value: str) -> None:
    """A value that we did not write carries neither question nor id."""
    assert decode(value) == ButtonValue()


def test_values_survive_the_way_to_slack_and_back() -> None:
    """Quotes, emoji and other scripts come back as they were, invisible characters do not."""
    value = ButtonValue("k", 'a "b" \\ 👍 日本')
    assert decode(encode(value)) == value
    assert decode(encode(ButtonValue("k", "a\u202eb\ud800"))) == ButtonValue("k", "ab")
