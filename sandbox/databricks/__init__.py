"""A local Databricks workspace whose Genie answers from invented orders: a fixed grammar, not an AI."""

from sandbox.databricks import message_shapes, row_shapes
from sandbox.databricks.api.exports import Exports
from sandbox.databricks.request_log import Record
from sandbox.databricks.server import Databricks
from sandbox.databricks.timing import Pace, Turn, Turns

__all__ = ["Databricks", "Exports", "Pace", "Record", "Turn", "Turns", "message_shapes", "row_shapes"]
