"""How many examples a law is checked with: few in the usual run, very many in `make laws`."""

from hypothesis import settings

settings.register_profile("many", max_examples=100_000, deadline=None, database=None, print_blob=True)
