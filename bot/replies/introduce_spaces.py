"""What the help says about the Genie spaces, in Genie's own words or else in the operator's."""

from bot.spaces.catalog import Catalog
from render.notices.spaces import only_space, space_line


def introduced(catalog: Catalog) -> tuple[str, ...]:
    """Return a line of mrkdwn for each space that can be asked; of the only one none until it is known."""
    spaces = catalog.usable
    if catalog.several:
        return tuple(
            space_line(info.space.alias, info.title, info.description or info.space.description)
            for info in spaces
        )
    return tuple(only_space(info.title, info.description) for info in spaces if info.title)
