"""Room that text takes in a chart, counted in characters: wide ones (CJK) count two."""

import unicodedata


def width(text: str) -> int:
    """Return how many characters' room `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, room: int) -> list[str]:
    """Break `text` at spaces into lines of at most `room`; a word that is longer makes a list of three."""
    lines = [""]
    for word in text.split(" "):
        if width(word) > room:
            return [text, "", ""]
        if width(lines[-1]) + width(word) + bool(lines[-1]) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
