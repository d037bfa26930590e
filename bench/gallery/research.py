"""Pictures of research: while it runs, stopped, and finished, on a screen and on a phone."""

from bench.gallery.case import Case, phone_too
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.timing import Turn

_AT_THE_THIRD = 19
"""Events after which a run waits, in the midst of its third query, so that a picture can be taken."""

CASES = (
    *phone_too(
        Case(
            "research-running",
            "Revenue by region last year",
            "While Genie researches: what it thinks, a card for each query, and Stop.",
            turn=Turn(agent=AgentTurn(hold=_AT_THE_THIRD)),
            move="watches_research",
        ),
        "Orders by month in 2025",
    ),
    Case(
        "dig-deeper",
        "Revenue by channel last year",
        "Dig Deeper below an answer: the run comes below it, with the words of its question.",
        turn=Turn(agent=AgentTurn(hold=_AT_THE_THIRD), times=2),
        move="digs_deeper",
    ),
    Case(
        "research-stopped",
        "Units by region in 2025",
        "Stopped by its asker: how far it came, and what it had found by then.",
        turn=Turn(agent=AgentTurn(hold=_AT_THE_THIRD)),
        move="stops_research",
    ),
    *phone_too(
        Case(
            "research",
            "Revenue by region in 2025",
            "The report, which names the results that follow as answers of their own.",
            move="reads_report",
        ),
        "Revenue by month in 2025",
    ),
    Case(
        "research-failed",
        "Revenue by channel in 2025",
        "A run that failed: why, and what it had found.",
        turn=Turn(agent=AgentTurn(end="failed")),
        move="reads_report",
    ),
)
OLDER = (
    Case(
        "research-lines",
        "Revenue by category in 2025",
        "Where Slack knows no plans: the queries of a run as lines.",
        turn=Turn(agent=AgentTurn(hold=_AT_THE_THIRD)),
        move="watches_research",
    ),
)
