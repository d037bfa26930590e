"""The gallery's index: one page with all pictures, and what to look at in each."""

from collections.abc import Sequence
from html import escape

from PIL import Image

from bench.gallery.camera import FOLDER
from bench.gallery.case import Case, Room

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Answers of the Genie Slack bot</title>
<style>
  body {{ margin: 2rem auto; max-width: 76rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #f6f5f7; }}
  section {{ columns: 24rem; column-gap: 1.5rem; }}
  figure {{ break-inside: avoid; margin: 0 0 1.5rem; padding: .75rem; background: #fff; border: 1px solid #dddde0; border-radius: 8px; }}
  img {{ display: block; width: 100%; height: auto; }}
  figcaption {{ padding-top: .5rem; font-size: .9rem; }}
</style>
<h1>Answers of the Genie Slack bot</h1>
<p>Real answers of the bot on the sandbox's page with invented data, taken by <code>make gallery</code>. Below each
picture stands what to look at.</p>
{rooms}
</html>
"""  # noqa: E501
_ROOM = "<h2>{title}</h2>\n<section>\n{figures}\n</section>"
_FIGURE = (
    '<figure id="{name}"><img src="{name}.webp" width="{width}" height="{height}" loading="lazy" '
    'alt="{question}">'
    "<figcaption><strong>{question}</strong><br>{look}</figcaption></figure>"
)


def write(rooms: Sequence[Room]) -> None:
    """Write the page; pictures that nobody takes any more go."""
    names = {case.name for room in rooms for case in room.cases}
    for picture in FOLDER.glob("*.webp"):
        if picture.stem not in names:
            picture.unlink()
    drawn = [
        _ROOM.format(title=escape(room.title), figures="\n".join(map(_figure, filter(_taken, room.cases))))
        for room in rooms
    ]
    (FOLDER / "index.html").write_text(_PAGE.format(rooms="\n".join(drawn)))


def _taken(case: Case) -> bool:
    return (FOLDER / f"{case.name}.webp").exists()


def _figure(case: Case) -> str:
    with Image.open(FOLDER / f"{case.name}.webp") as picture:
        width, height = picture.size
    return _FIGURE.format(
        name=case.name,
        width=width,
        height=height,
        question=escape(case.question or "No question"),
        look=escape(case.look),
    )
