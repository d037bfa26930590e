"""What people read about the conversation of their thread: begun anew, forgotten, blocked or lost.

As in `render.words`: short, plain, and ending with what to do next.
"""

START_FRESH = "Start Fresh"
FORGET_THREAD = "Forget This Thread"

TOO_LONG = (
    "This is too long for Genie. Start fresh without the conversation so far, or ask something narrower."
)
WRONG_MODE = "This conversation cannot be continued here. Start fresh to ask in a new one."
OUTGROWN = (
    "The earlier conversation had become too long, so I started a new one. Say again what it should build on."
)
MOVED = "The earlier conversation could not go on, so I started a new one. Say again what it should build on."

BLOCKED = "Another question is running in this Genie conversation. I ask yours as soon as it has ended."
STILL_BLOCKED = "Another question is still running in this Genie conversation. Try again when it has ended."


def again_in(seconds: float) -> str:
    """Say that the bot asks once more by itself."""
    return f"The model behind Genie is at its limit. I ask again in {seconds:.0f} s, and answer here."
