"""Why there is no answer, with what experts confirmed for the question."""

from typing import Any

import pytest

from bot.failures import causes
from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.replies.confirmations import Said
from bot.replies.responder import Responder
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from render.blockkit.reply import Reply
from render.expert.model import Confirmation

ONE, TWO = Catalog([Space("", "s")]), Catalog([Space("", "s"), Space("", "t")])


class Slack:
    """Takes each reply and each end, and knows of what is confirmed in the space `s`."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self.shown = ""

    async def check_wanted(self, _lease: QuestionLease) -> None:
        """Have nobody withdraw it."""

    async def finish(self, *_how: Any, **_said: Any) -> None:
        """Take its end."""

    async def show(self, _channel: str, _ts: str, reply: Reply) -> int:
        """Keep what is shown."""
        self.shown = str([variant.blocks for variant in reply.variants])
        return 0

    async def about(self, _question: Question, progress: Progress, *_more: Any) -> Said:
        """Find it."""
        found = Confirmation(by="Ben *B*", at=0, sql="SELECT '<!channel>'")
        return Said(found if progress.space == "s" else None)


@pytest.mark.parametrize(
    ("catalog", "as_users", "space", "message", "shown"),
    [
        (ONE, False, "", "", True),
        (TWO, False, "", "", False),
        (TWO, False, "s", "", True),
        (ONE, True, "s", "", False),
        (ONE, True, "s", "m", True),
    ],
    ids=["not asked yet", "no space yet", "a space", "with own rights, not taken", "with own rights"],
)
async def test_a_failure_shows_what_is_confirmed(
    catalog: Catalog, space: str, message: str, *, as_users: bool, shown: bool
) -> None:
    """Of the space of the question; with own rights once Databricks has taken it with these."""
    slack: Any = Slack()
    responder = Responder(
        queue=slack,
        catalog=catalog,
        messages=slack,
        status=slack,
        ephemeral_replies=slack,
        as_users=as_users,
        confirmations=slack,
    )
    asked = Question("q", "revenue?", Place("T1", "C1", "1"), "UADA", Surface.MENTION)
    progress = Progress(state=State.ASKED, ts="2", text="revenue?", space=space, message=message)
    await responder.fail(QuestionLease(question=asked, progress=progress, owner="w"), causes.NO_REASON)
    assert causes.NO_REASON.words in slack.shown
    assert ("SELECT '&lt;!channel&gt;'" in slack.shown.replace('"', "'")) is shown
    assert "*B*" not in slack.shown
