"""A local Databricks workspace whose Genie answers from invented orders: a fixed grammar, not an AI."""

from sandbox.databricks.agent_mode.run import AgentRun
from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.api.exports import Exports
from sandbox.databricks.api.request_log import Record
from sandbox.databricks.genie import message_shapes, row_shapes
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.sample_spaces import FINANCE, ONE_SPACE, SALES, SUPPLY_CHAIN, THREE_SPACES
from sandbox.databricks.genie.timing import Timing, Turn, Turns
from sandbox.databricks.identities import PEOPLE, Person, Rights
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.server import Databricks

__all__ = [
    "FINANCE",
    "ONE_SPACE",
    "PEOPLE",
    "SALES",
    "SUPPLY_CHAIN",
    "THREE_SPACES",
    "AgentMode",
    "AgentRun",
    "AgentTurn",
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
