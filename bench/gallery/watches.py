"""Pictures of an answer that is watched."""

from bench.gallery.case import Case, phone_too
from bench.gallery.charts import BARS

CASES = (
    *phone_too(
        Case(
            "watch-told",
            "Revenue by region this year",
            "What a watch tells: one sentence with its numbers, the new picture, and the rows on demand.",
            move="is_told",
        ),
        "Orders by month this year",
    ),
    *phone_too(
        Case(
            "watch-form",
            "Revenue by region, to be watched",
            "The form in which an answer is watched: how often, when it tells, and to whom.",
            BARS,
            move="opens_watch",
        ),
        "Revenue by region, to be watched on my phone",
    ),
)
