"""Pictures of an answer that is watched."""

from bench.gallery.case import PHONE, Case
from bench.gallery.charts import BARS

CASES = (
    Case(
        "watch-told",
        "Revenue by region this year",
        "What a watch tells: one sentence with its numbers, the new picture, and the rows on demand.",
        move="is_told",
    ),
    Case(
        "watch-told-phone",
        "Orders by month this year",
        "The same on a phone.",
        view=PHONE,
        move="is_told",
    ),
    Case(
        "watch-form",
        "Revenue by region, to be watched",
        "The form in which an answer is watched: how often, when it tells, and to whom.",
        BARS,
        move="opens_watch",
    ),
    Case(
        "watch-form-phone",
        "Revenue by region, to be watched on my phone",
        "The same form on a phone.",
        BARS,
        view=PHONE,
        move="opens_watch",
    ),
)
