"""The people and channels with which the demo and the tests begin."""

from dataclasses import replace

from sandbox.slack.state.records import Channel, User, UserGroup
from sandbox.slack.state.workspace import Workspace

_PEOPLE = (
    ("U0ADA00001", "ada", "Ada Okafor", "4bbe2e", "en-GB"),
    ("U0BEN00002", "ben", "Ben Lindqvist", "e7392d", "en-GB"),
    ("U0CHLOE003", "chloe", "Chloe Martin", "3c989f", "fr-FR"),
    ("U0DIEGO004", "diego", "Diego Alvarez", "674b1b", "es-ES"),
    ("U0EMI00005", "emi", "Emi Tanaka", "e96699", "ja-JP"),
    ("U0FRANK006", "frank", "Frank Mensah", "d55aef", "en-US"),
    ("U0ANA00007", "ana", "Ana Ribeiro", "2b6cb0", "en-GB"),
    ("U0CLEO0008", "cleo", "Cleo Baker", "b7791f", "en-GB"),
    ("U0DAN00009", "dan", "Dan Novak", "5a67d8", "en-GB"),
    ("U0EVE00010", "eve", "Eve Haddad", "c05621", "en-GB"),
)
"""Colleagues. Databricks knows Ana, Ben, Cleo, Dan and Eve by the same e-mail addresses."""
GUEST = User("U0GINA0011", "gina", "Gina Rossi", "gina@agency.example", "97266d", is_restricted=True)
CHANNEL_GUEST = replace(
    GUEST,
    id="U0SAM00012",
    name="sam",
    real_name="Sam Wirth",
    email="sam@agency.example",
    is_ultra_restricted=True,
)
OUTSIDER = User(
    "U0XENIA013", "xenia", "Xenia Petrou", "xenia@partner.example", "319795", team_id="T0PARTNER2"
)
LEAVER = User("U0ZOE00014", "zoe", "Zoe Lambert", "zoe@example.com", "718096", deleted=True)
"""Her account is deactivated."""
BOT = User("U0GENIEBOT", "genie", "Genie", color="1b3139", is_bot=True)


def sandbox_workspace() -> Workspace:
    """Build the workspace that the demo and the tests begin with."""
    people = [
        User(id_, name, real, f"{name}@example.com", color, locale=locale)
        for id_, name, real, color, locale in _PEOPLE
    ]
    ids = {person.id for person in people}
    team = {person.id for person in people[:3]}
    pair = {"U0ANA00007", "U0BEN00002"}
    insiders = [*people, GUEST, CHANNEL_GUEST, LEAVER]
    channels = [
        Channel("C0SALES001", "sales", {*ids, BOT.id}, "Numbers about orders and customers"),
        Channel("C0FINANCE2", "finance", {*team, BOT.id}, "Month end, budgets, forecasts"),
        Channel("C0RANDOM03", "random", set(ids), "Everything else; the bot is not here"),
        Channel("C0LEADERS4", "leadership", {*team, BOT.id}, "Private", is_private=True),
        Channel("C0ATTIC005", "attic", {*ids, BOT.id}, "Closed", is_archived=True),
        Channel("C0AGENCY06", "agency", {*pair, GUEST.id, CHANNEL_GUEST.id, BOT.id}, "With guests"),
        Channel(
            "C0PARTNER7",
            "partner",
            {*pair, OUTSIDER.id, BOT.id},
            "Shared with another company",
            connected=(OUTSIDER.team_id,),
        ),
        Channel("C0GROUPDM8", "mpdm-ana--ben--genie-1", {*pair, BOT.id}, is_private=True, is_mpim=True),
        *(
            Channel(f"D0{person.name.upper():0<8}", "", {person.id, BOT.id}, user=person.id)
            for person in insiders
        ),
    ]
    workspace = Workspace([*insiders, OUTSIDER, BOT], channels)
    workspace.user_groups = {group.id: group for group in _groups()}
    return workspace


def _groups() -> tuple[UserGroup, ...]:
    return (
        UserGroup("S0FINANCE1", "finance-team", {"U0ADA00001", "U0BEN00002"}),
        UserGroup("S0DATATEAM", "data-team", {"U0CHLOE003"}),
        UserGroup("S0FORMER01", "former", {"U0ADA00001"}, disabled=True),
    )
