"""What Slack and Genie have in the end, question by question."""

from collections import Counter
from dataclasses import dataclass, fields

from tests.chaos.people import Asked, People
from tests.chaos.plan import QUESTIONS, WINDOW_SECONDS
from tests.stories.asking.test_limits import most_in_window
from tests.stories.world import kinds, waiting

PERFECT = ("lost", "answered_twice", "asked_twice")
"""What must be none."""


@dataclass(frozen=True)
class Verdict:
    """The figures of a run."""

    asked: int
    answered: int
    told_of_an_error: int
    withdrawn: int
    """Deleted or withdrawn, and not shown any more."""
    lost: int
    """Without an end: no message of the bot, or one that only says that an answer will come."""
    answered_twice: int
    asked_twice: int
    largest_window: int
    """Questions that Genie got within one window."""
    slowest_takeover: float
    kills: int
    sent_again: int
    """Events that Slack sent more than once."""
    left_in_queue: int
    memory_at_start: str
    memory_at_end: str
    seconds: float

    def __str__(self) -> str:
        """Return one line for each figure."""
        lines = []
        for each in fields(self):
            value = getattr(self, each.name)
            shown = f"{value:.1f}" if isinstance(value, float) else str(value)
            lines.append(f"{each.name.replace('_', ' '):<18} {shown:>10}")
        return "\n".join(lines)

    @property
    def faults(self) -> list[str]:
        """Return what may not be."""
        found = [name for name in (*PERFECT, "left_in_queue") if getattr(self, name)]
        return found + (["largest_window"] if self.largest_window > QUESTIONS else [])


def end_of(people: People, asked: Asked) -> str:
    """Return what became of a question, as the name of a figure."""
    messages = people.messages(asked)
    if len(messages) > 1:
        return "answered_twice"
    if not messages:
        return "withdrawn" if asked.withdrawn else "lost"
    if waiting(messages[0]):
        return "lost"
    return "answered" if "data_table" in kinds(messages[0]) else "told_of_an_error"


def figures(people: People) -> dict[str, int]:
    """Count what the journals of Slack and Genie say."""
    world = people.world
    questions = world.databricks.questions()
    exist = Counter(each.content for each in questions if each.message_id)
    ends = Counter(end_of(people, each) for each in people.asked)
    return {
        "asked": len(people.asked),
        **{
            name: ends[name]
            for name in ("answered", "told_of_an_error", "withdrawn", "lost", "answered_twice")
        },
        "asked_twice": sum(count > 1 for count in exist.values()),
        "largest_window": most_in_window(
            [each.time for each in questions if each.message_id], WINDOW_SECONDS
        ),
        "sent_again": sum(each.attempts > 1 for each in world.slack.deliveries),
    }
