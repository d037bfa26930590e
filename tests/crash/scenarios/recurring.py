"""What happens by the clock, without anybody who asks for it."""

from collections.abc import AsyncIterator

from bot.wiring.digest import DIGEST
from sandbox.databricks.genie.timing import Turn
from tests.crash.scenario import scenario
from tests.crash.stage import QUESTION, Stage

FINANCE = "C0FINANCE2"


@scenario(FEEDBACK_CHANNEL=FINANCE)
async def the_weekly_digest(stage: Stage) -> AsyncIterator[None]:
    """Let it be Monday; a question without an answer has no time in the digest, which no two runs share."""
    stage.world.databricks.turns.add(Turn(end="FAILED", error_type="SQL_EXECUTION_EXCEPTION"))
    await stage.answered(QUESTION)
    yield
    await stage.recur(DIGEST)
