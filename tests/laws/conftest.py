"""How many examples: 25 in `make test`, 100 in `make test-all`, very many in `make laws`."""

from hypothesis import settings

settings.register_profile("quick", max_examples=25)
settings.register_profile("many", max_examples=100_000, deadline=None, database=None, print_blob=True)
