"""Whether two questions are the same: the normal form of a question's words.

Rather two forms for one question than one for two: no word, number, sign or unit of it is left out.
"""

import re
from unicodedata import normalize

_MARKED = re.compile(r"(?<![^\s(])([*_`])(?=\S)(.{1,200}?)(?<=\S)\1(?=[),;:.?!]*(?:\s|$))")
"""What Slack shows bold, in italics or as code: no sign of a product or of a name such as `order_id`."""
_AFTER_NUMBER = re.compile(r"(?<=\d)( ?[^\W\d_]{1,4})(?![^\W\d_])")
"""What may be a unit: `5 m` are metres or minutes, and `5 M` are millions; `MBps` are not `Mbps`."""
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
"""What keyboards make of straight ones."""
_ENDS = " .?!…。．？！؟"
_BEGINS = " ¿¡"


def same_words(text: str) -> str:
    """Return what all ways to write a question have in common; `text` is what Genie gets, `Progress.text`.

    Letters of any size but those of units, white space, quotation marks, Slack's bold and italics, and the
    punctuation that ends a sentence make no other question.
    """
    said, before = text, ""
    while said != before:  # one mark may stand in another, and punctuation in both
        before = said
        said = _MARKED.sub(r"\2", " ".join(normalize("NFC", said).translate(_QUOTES).split()))
        said = said.rstrip(_ENDS).lstrip(_BEGINS)
    parts = _AFTER_NUMBER.split(said)
    return normalize("NFC", "".join(part if at % 2 else part.lower() for at, part in enumerate(parts)))
