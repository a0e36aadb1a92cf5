"""Albums: screenshots of every page in a folder, with one page that shows them side by side."""

import shutil
from html import escape
from pathlib import Path

from playwright.sync_api import Page

WIDTHS = {"phone": (360, 740), "tablet": (800, 1280), "desk": (1440, 900)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
HELD = {"phone": (360, 740), "tablet": (800, 1280), "landscape": (1280, 800)}  # as a booth's tablet is
THEMES = ("light", "dark")
OVER = "dialog[open], #dock:visible"  # fixed to the glass, not to the page
TALLEST = 6_000  # px of a page that is kept: longer ones repeat themselves

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>
body { margin: 16px; font: 14px/1.4 system-ui, sans-serif; background: #ddd }
h2 { position: sticky; top: 0; background: #ddd }
section { display: flex; gap: 12px; overflow-x: auto; align-items: flex-start; padding-block-end: 16px }
figure { flex: none; margin: 0 }
img { display: block; max-height: 420px; background: #fff; box-shadow: 0 1px 6px #0006 }
</style><h1>Every page</h1>
"""


class Album:
    """Pictures by area, page and variant, as files ``<area>/<page>/<variant>.png``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, area: str, page: str, variant: str) -> Path:
        """Return where a picture goes."""
        path = self.folder / area / page / f"{variant}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def clear(self, area: str) -> None:
        """Forget an area's pictures: its pages may have other names now."""
        shutil.rmtree(self.folder / area, ignore_errors=True)

    def take(self, page: Page, area: str, name: str, variant: str) -> None:
        """Photograph a page as it stands, all of its height; only what is seen where something lies over it."""
        if page.locator(OVER).count():
            page.screenshot(path=self.place(area, name, variant), animations="disabled")
            return
        width = page.viewport_size["width"]
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": max(height, page.viewport_size["height"])}
        page.screenshot(path=self.place(area, name, variant), full_page=True, clip=clip, animations="disabled")

    def take_in_all_widths(self, page: Page, area: str, name: str, variant: str, widths: dict = WIDTHS) -> None:
        """Photograph a page in each of the three widths, and leave it in the one it had."""
        size = page.viewport_size
        for word, (width, height) in widths.items():
            page.set_viewport_size({"width": width, "height": height})
            self.take(page, area, name, f"{variant}-{word}")
        page.set_viewport_size(size)

    def write_index(self) -> Path:
        """Write the page that shows all that are in the folder, and return its path."""
        index = self.folder / "index.html"
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [HEAD]
        for area in _folders(self.folder):
            lines += [f"<h2>{escape(area.name)}</h2>", *map(self._row, _folders(area))]
        index.write_text("".join(lines), encoding="utf-8")
        return index

    def _row(self, page: Path) -> str:
        pictures = sorted(page.glob("*.png"))
        figures = (_figure(str(picture.relative_to(self.folder)), picture.stem) for picture in pictures)
        return f"<h3>{escape(page.name)}</h3><section>{''.join(figures)}</section>"


def _folders(path: Path) -> list[Path]:
    return sorted(folder for folder in path.iterdir() if folder.is_dir())


def _figure(path: str, words: str) -> str:
    path = escape(path.replace("#", "%23"))
    picture = f'<a href="{path}"><img src="{path}" alt="" loading="lazy"></a>'
    return f"<figure>{picture}<figcaption>{escape(words)}</figcaption></figure>"
