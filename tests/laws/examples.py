"""How many examples a law takes whose number is not hypothesis's own."""

from hypothesis import settings

SHARE = {"quick": 0.1}
FEWEST = 25


def examples(usual: int, many: int = 50_000) -> int:
    """Return `usual`, or fewer in the quick run, or `many` in `make laws`."""
    profile = settings.get_current_profile_name()
    return many if profile == "many" else max(min(usual, FEWEST), round(usual * SHARE.get(profile, 1)))
