"""What holds of results is no question of how busy the machine is."""

from collections.abc import Iterator

import pytest

from render.sql import parsing, read


@pytest.fixture(autouse=True, scope="session")
def _time_to_read() -> Iterator[None]:
    """Let every query be read to its end; that it ends in time is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "SECONDS", 60.0)
        patch.setattr(read, "SECONDS", 60.0)
        yield
