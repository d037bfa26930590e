"""What the unit tests share."""

from tests.unit.genie.genie_server import genie, server

__all__ = ["genie", "server"]
