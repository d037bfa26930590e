"""Who may call, with the rights that Unity Catalog and Genie give each, and the people of the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rights:
    """What an identity may do; without any change, everything. Expressions are SQL over the orders.

    https://docs.databricks.com/aws/en/data-governance/unity-catalog/filters-and-masks/
    """

    row_filter: str = ""
    """A condition: rows that do not meet it are not there."""
    masks: Mapping[str, str] = field(default_factory=dict)
    """Columns, and what stands in them instead of their values."""
    missing_grant: str = ""
    """What keeps it from a table, as Databricks says it: SELECT on Table 'samples.sales.orders'."""
    can_browse: bool = False
    """Whether it has BROWSE, and so reads what is noted about tables whose rows it may not see."""
    can_run: bool = True
    """Whether it has CAN RUN on the Genie spaces, but for `closed_spaces`."""
    closed_spaces: frozenset[str] = frozenset()
    """Titles of spaces on which it has no right."""
    can_edit: bool = False
    """Whether it has CAN EDIT on those that it can run."""

    can_use: bool = True
    """Whether it has CAN USE on the SQL warehouse."""
    serving: str = "CAN_QUERY"
    """Its right to the serving endpoint: CAN_MANAGE, CAN_QUERY, CAN_VIEW, or none."""

    def can_see(self, space: str) -> bool:
        """Whether it has a right on a space of this title."""
        return self.can_run and space not in self.closed_spaces

    def may_select(self, table: str) -> bool:
        """Whether it may read the rows of a table, by its whole name."""
        return not self.missing_grant.endswith(f"'{table}'")


ALL_RIGHTS = Rights()


@dataclass(frozen=True, slots=True)
class Identity:
    """A user or a service principal behind a token that is good until `expires` (monotonic seconds)."""

    name: str
    user_id: int
    scopes: frozenset[str] = frozenset({"all-apis"})
    expires: float = float("inf")
    rights: Rights = ALL_RIGHTS
    signed_in: bool = False
    """Whether a person got the token by OAuth."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the workspace, known by an e-mail address."""

    email: str
    name: str
    user_id: int
    rights: Rights = ALL_RIGHTS

    def identity(self, scopes: frozenset[str], expires: float) -> Identity:
        """Give who calls with a token of this person."""
        return Identity(self.email, self.user_id, scopes, expires, self.rights, signed_in=True)


PEOPLE = (
    Person("ada@example.com", "Ada Okafor", 6201000000000001),
    Person("ana@example.com", "Ana Ribeiro", 6201000000000002),
    Person("ben@example.com", "Ben Lindqvist", 6201000000000003, Rights(row_filter="region = 'EMEA'")),
    Person("cleo@example.com", "Cleo Baker", 6201000000000004, Rights(masks={"customer": "'REDACTED'"})),
    Person(
        "dan@example.com",
        "Dan Novak",
        6201000000000005,
        Rights(missing_grant="SELECT on Table 'samples.sales.orders'"),
    ),
    Person("eve@example.com", "Eve Haddad", 6201000000000006, Rights(can_run=False)),
)
"""Those who also are in the local Slack, by the same addresses; others there have no account here."""
