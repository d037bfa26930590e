"""The people and channels with which the demo and the tests begin."""

from sandbox.slack.state.records import Channel, User
from sandbox.slack.state.workspace import Workspace

_PEOPLE = (
    ("U0ADA00001", "ada", "Ada Okafor", "4bbe2e", "en-GB"),
    ("U0BEN00002", "ben", "Ben Lindqvist", "e7392d", "en-GB"),
    ("U0CHLOE003", "chloe", "Chloe Martin", "3c989f", "fr-FR"),
    ("U0DIEGO004", "diego", "Diego Alvarez", "674b1b", "es-ES"),
    ("U0EMI00005", "emi", "Emi Tanaka", "e96699", "ja-JP"),
    ("U0FRANK006", "frank", "Frank Mensah", "d55aef", "en-US"),
)
BOT = User("U0GENIEBOT", "genie", "Genie", color="1b3139", is_bot=True)


def sandbox_workspace() -> Workspace:
    """Build the workspace that the demo and the tests begin with."""
    people = [
        User(id_, name, real, f"{name}@example.com", color, locale=locale)
        for id_, name, real, color, locale in _PEOPLE
    ]
    ids = {person.id for person in people}
    team = {person.id for person in people[:3]}
    channels = [
        Channel("C0SALES001", "sales", {*ids, BOT.id}, "Numbers about orders and customers"),
        Channel("C0FINANCE2", "finance", {*team, BOT.id}, "Month end, budgets, forecasts"),
        Channel("C0RANDOM03", "random", set(ids), "Everything else; the bot is not here"),
        Channel("C0LEADERS4", "leadership", {*team, BOT.id}, "Private", is_private=True),
        Channel("C0ATTIC005", "attic", {*ids, BOT.id}, "Closed", is_archived=True),
        *(
            Channel(f"D0{person.name.upper():0<8}", "", {person.id, BOT.id}, user=person.id)
            for person in people
        ),
    ]
    return Workspace([*people, BOT], channels)
