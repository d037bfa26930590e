"""Buttons that bring the rows of an answer as a file."""

from render import words_files
from render.blocks import Element, plain
from render.buttons import CSV_FILE, ButtonValue, encode
from render.limits import BUTTON_TEXT


def download_csv(question_id: str) -> Element:
    """Offer all rows as CSV."""
    text = plain(words_files.CSV, BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": CSV_FILE, "value": encode(ButtonValue(question_id))}
