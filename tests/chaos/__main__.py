"""`make chaos`: print what became of a thousand questions; with `--short`, of sixty."""

import asyncio
import sys
from dataclasses import replace


def main() -> int:
    """Return 1 if anything is not as it must be."""
    from tests.chaos.plan import SHORT, WHOLE  # noqa: PLC0415 (each process that is forked imports this module)
    from tests.chaos.run import chaos  # noqa: PLC0415

    seeds = [int(each) for each in sys.argv[1:] if each.isdigit()]
    plan = SHORT if "--short" in sys.argv else WHOLE
    verdict = asyncio.run(chaos(replace(plan, seed=seeds[0] if seeds else plan.seed)))
    print(verdict, *(f"NOT AS IT MUST BE: {each}" for each in verdict.faults), sep="\n")  # noqa: T201
    return int(bool(verdict.faults))


if __name__ == "__main__":
    sys.exit(main())
