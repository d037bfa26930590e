"""A run of Genie's agent mode while it works: a card for each query, and lines where Slack has no cards."""

from dataclasses import replace

from render import words
from render.blockkit.buttons import decode
from render.blockkit.reply import Reply
from render.research.model import RunView, Step, StepStatus
from render.research.progress import STOP, progress
from tests.shown import objects

RUN = RunView(
    question_id="T1.C1.1",
    thought="I compare the **regions** next.",
    steps=(
        Step("Revenue by quarter", StepStatus.DONE, rows=4),
        Step("Orders by region", StepStatus.DONE, rows=100, more_rows=True),
        Step("Returns", StepStatus.FAILED),
        Step("Margin by product"),
    ),
)


def cards(reply: Reply) -> list[tuple[str, str]]:
    """Return status and title of each card."""
    return [(card["status"], card["title"]) for card in objects(list(reply.variants[0].blocks), "task_card")]


def test_each_query_is_a_card_with_its_rows() -> None:
    """What runs and what failed is said in words, too; the newest thought stands above, and Stop below."""
    reply = progress(RUN)
    assert cards(reply) == [
        ("complete", "Revenue by quarter · 4 rows"),
        ("complete", "Orders by region · 100 rows or more"),
        ("error", "Returns · did not work"),
        ("in_progress", "Margin by product · running…"),
    ]
    head, thought, plan, actions = reply.variants[0].blocks
    assert head["text"]["text"] == words.research.WORKING
    assert thought["elements"][0]["text"] == "I compare the regions next."
    assert plan["title"] == "4 queries, 1 running"
    [stop] = actions["elements"]
    assert (stop["action_id"], decode(stop["value"]).question_id) == (STOP, "T1.C1.1")


def test_lines_say_the_same() -> None:
    """They are there for a Slack that refuses plans, and so is the text of the notification."""
    reply = progress(RUN)
    said = str(reply.variants[-1].blocks)
    assert "1. Revenue by quarter · 4 rows\\n2. Orders by region · 100 rows or more" in said
    assert "plan" not in {block["type"] for block in reply.variants[-1].blocks}
    assert "4 queries, 1 running" in reply.text


def test_of_very_many_queries_the_last_ones_are_listed() -> None:
    """Slack takes 50 cards; the numbers say which these are."""
    reply = progress(replace(RUN, steps=tuple(Step(f"Query {n}", StepStatus.DONE) for n in range(1, 61))))
    assert [title for _, title in cards(reply)][::49] == ["Query 11", "Query 60"]
    assert "10 earlier queries are not listed." in str(reply.variants[0].blocks)
    assert "60 queries so far" in str(reply.variants[0].blocks)


def test_what_is_stopping_cannot_be_stopped_again() -> None:
    """It says that Genie ends at its next step."""
    blocks = progress(replace(RUN, stopping=True)).variants[0].blocks
    assert blocks[0]["text"]["text"] == words.research.STOPPING
    assert STOP not in str(blocks)


def test_before_the_first_query_there_is_no_empty_plan() -> None:
    """Slack refuses a plan without tasks."""
    reply = progress(RunView(question_id="q", question="why?", asked_by="U0123ABCD"))
    assert [block["type"] for block in reply.variants[0].blocks] == ["context", "section", "actions"]
