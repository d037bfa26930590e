"""The rooms of the gallery, in the order of its page."""

from bench.gallery import (
    cells,
    charts,
    charts_hard,
    charts_read,
    digest,
    experts,
    research,
    tables,
    talk,
    watches,
)
from bench.gallery.case import Room

_NEWER = ("data_table", "container", "data_visualization", "plan")
_ALL = ("header", "context", "actions", "context_actions", "rich_text", "divider", "table", *_NEWER)
STARTERS = {"STARTER_QUESTIONS": "Revenue by region last year | Top 5 products by margin | Orders by month"}
MODEL = {"SERVING_ENDPOINT_NAME": "sandbox-summary"}
_SAID = (
    "**Revenue grew by about 30% within 2025, with its peak in August.**\n"
    "- **Trend**: up from January to August, then flat.\n"
    "- **Meaning**: the autumn did not bring the usual growth; look at campaigns from September on."
)

ROOMS = (
    Room("Charts", charts.CASES),
    Room("Charts with a trap", charts_hard.CASES),
    Room("Charts of what the rows mean", charts_read.CASES),
    Room(
        "Slack's own charts, where the operator wants them", charts_hard.NATIVE, settings={"CHARTS": "native"}
    ),
    Room("Tables", tables.CASES),
    Room("Odd cells", cells.CASES),
    Room(
        "Workspaces that know fewer blocks: the older table",
        (*tables.OLDER, *research.OLDER),
        unavailable=_NEWER,
    ),
    Room("Aligned text", tables.TEXT_ONLY, unavailable=(*_NEWER, "table")),
    Room("Sections alone", tables.SECTIONS_ONLY, unavailable=_ALL),
    Room("Around an answer", talk.CASES, settings=STARTERS),
    Room("Answers that are watched", watches.CASES),
    Room("Figures about an answer", talk.STATS),
    Room("Figures in a model's words", talk.INSIGHTS, settings=MODEL, model_says=_SAID),
    Room("Research in several steps", research.CASES, settings={"RESEARCH_PER_MINUTE": "100"}),
    Room("Questions to experts", experts.CASES, settings=experts.SETTINGS),
    Room("The week, for experts", digest.CASES, settings=digest.SETTINGS),
)
