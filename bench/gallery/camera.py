"""From a person's screen to a small picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Locator

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
FONTS = ("manimgx_fonts", "noto_cjk_sans_jp_regular")
"""The packages whose fonts charts are drawn with: a machine without others shows all scripts with them."""
_QUALITY = 62
_EXTENT = """shown => {
  const inside = node => node.getBoundingClientRect();
  const ends = [...shown.children].map(child => inside(child).bottom + 12);
  const open = document.querySelectorAll("[popover]:popover-open");
  const menus = [...open].map(menu => inside(menu).bottom + 12);
  const whole = inside(shown);
  const list = shown.matches(".messages-inner");
  const top = Math.max(0, list ? Math.min(...[...shown.children].map(child => inside(child).top)) : whole.y);
  const bottom = Math.min(innerHeight, list ? Math.max(...ends, ...menus) : whole.bottom);
  return { x: whole.x, y: top, width: Math.min(whole.width, 760), height: bottom - top };
}"""
"""A list is shown as far as its messages go, with an open menu."""
_LET_GO = 'document.querySelector("[popover]:popover-open") || document.activeElement.blur()'


async def take(name: str, shown: Locator) -> None:
    """Save what is shown as a picture in the gallery."""
    page = shown.page
    await page.mouse.move(0, 0)
    await page.evaluate(_LET_GO)
    await page.wait_for_function("[...document.images].every(image => image.complete)")
    box = await shown.evaluate(_EXTENT)
    taken = Image.open(BytesIO(await page.screenshot(animations="disabled", clip=box))).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken.save(FOLDER / f"{name}.webp", quality=_QUALITY, method=6)


@contextmanager
def fonts() -> Iterator[dict[str, str | float | bool]]:
    """Give the environment in which a browser finds the fonts of `FONTS` beside those of its machine."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "fonts"
        home.mkdir()
        for package in FONTS:
            (home / package).symlink_to(str(files(package)), target_is_directory=True)
        yield {"XDG_DATA_HOME": folder}
