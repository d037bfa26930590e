"""A local Databricks workspace whose Genie answers from invented orders: a fixed grammar, not an AI."""

from sandbox.databricks.api.exports import Exports
from sandbox.databricks.api.request_log import Record
from sandbox.databricks.genie import message_shapes, row_shapes
from sandbox.databricks.genie.sample_spaces import FINANCE, SALES, SUPPLY_CHAIN, THREE_SPACES
from sandbox.databricks.genie.timing import Timing, Turn, Turns
from sandbox.databricks.identities import PEOPLE, Person, Rights
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.server import Databricks

__all__ = [
    "FINANCE",
    "PEOPLE",
    "SALES",
    "SUPPLY_CHAIN",
    "THREE_SPACES",
    "Databricks",
    "Exports",
    "OAuthApp",
    "Person",
    "Record",
    "Rights",
    "Timing",
    "Turn",
    "Turns",
    "message_shapes",
    "row_shapes",
]
