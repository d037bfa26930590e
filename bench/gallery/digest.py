"""Pictures of the weekly digest."""

from bench.gallery.case import PHONE, Case
from sandbox.databricks.genie.timing import Turn

SETTINGS = {"EXPERT_CHANNEL": "C0FINANCE2"}
_FAILS = Turn("units by month", end="FAILED", error_type="SQL_EXECUTION_EXCEPTION")

CASES = (
    Case(
        "digest",
        "units by month",
        "The week, each Monday: how questions ended and why, and which are worth a benchmark.",
        turn=_FAILS,
        move="reads_digest",
    ),
    Case("digest-phone", "orders by country", "The same on a phone.", view=PHONE, move="reads_digest"),
)
