"""The spaces of the sandbox: what each says about itself, and what it knows."""

from dataclasses import dataclass
from datetime import date

from sandbox.databricks.language.analyst import Analyst
from sandbox.databricks.language.suggestions import STARTERS
from sandbox.databricks.language.topic_analyst import TopicAnalyst
from sandbox.databricks.language.topics import FINANCE as MONEY
from sandbox.databricks.language.topics import SUPPLY_CHAIN as GOODS
from sandbox.databricks.language.topics import Topic
from sandbox.databricks.warehouse.sample_data import TABLE

AnyAnalyst = Analyst | TopicAnalyst


@dataclass(frozen=True, slots=True)
class SampleSpace:
    """A space before it has an id; one without a topic is about the orders."""

    title: str
    description: str = "Invented orders of an electronics and furniture seller. Ask for help."
    starters: tuple[str, ...] = STARTERS
    topic: Topic | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it knows, in order."""
        return tuple(sorted({each.table for each in self.topic.measures})) if self.topic else (TABLE,)

    def analyst(self, today: date) -> AnyAnalyst:
        """Give the one who answers its questions."""
        return TopicAnalyst(self.topic, self.starters, today) if self.topic else Analyst(today)


SALES = SampleSpace(
    "Sales",
    "Orders of an electronics and furniture seller: revenue, margin, discounts and returns by customer, "
    "product, sales channel, country and region.",
)
FINANCE = SampleSpace(
    "Finance",
    "What the company spends: invoices of vendors, expenses by department and type, what is unpaid, and "
    "budgets against actual spending.",
    (
        "Which departments are over budget this year?",
        "Spending by vendor last quarter",
        "How much do we owe in overdue invoices?",
    ),
    MONEY,
)
SUPPLY_CHAIN = SampleSpace(
    "Supply chain",
    "Stock in our warehouses, and shipments from suppliers: inventory levels, reorder points, delays, "
    "carriers and freight costs.",
    (
        "Which products are below their reorder point?",
        "Average delay by supplier this year",
        "Freight costs by carrier and month",
    ),
    GOODS,
)
THREE_SPACES = (SALES, FINANCE, SUPPLY_CHAIN)
ONE_SPACE = (SampleSpace("Sales (sandbox)"),)
