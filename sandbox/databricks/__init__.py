"""A local Databricks workspace whose Genie answers from invented orders: a fixed grammar, not an AI."""

from sandbox.databricks import row_shapes, shapes
from sandbox.databricks.exports import Exports
from sandbox.databricks.journal import Record
from sandbox.databricks.pace import Pace, Turn, Turns
from sandbox.databricks.server import Databricks

__all__ = ["Databricks", "Exports", "Pace", "Record", "Turn", "Turns", "row_shapes", "shapes"]
