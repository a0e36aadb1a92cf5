"""Typesetting: makes a PDF of drawn sheets by typst, in a process of its own that may be slow, large or die alone.

`python -m models.printing.typesetting FOLDER` reads ``job.json`` there and writes ``papers.pdf``. It imports nothing of
the application, opens no database, and asks no network.
"""

import resource
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "print" / "papers.typ"
JOB, MADE = "job.json", "papers.pdf"
FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Zen Hei")
MOST_MEMORY = 2 * 1024**3  # bytes of addresses, the fonts' files among them
MOST_SECONDS = 240  # of the processor
NO_FONT = 3  # the exit code when no font with Chinese is installed


def font_found() -> str:
    """Return the first of our fonts that is installed, or nothing."""
    import typst

    known = set(typst.Fonts().families())
    return next((name for name in FONTS if name in known), "")


def main(folder: Path) -> int:
    """Set the job in a folder. Returns the exit code."""
    import json

    import typst

    font = font_found()
    if not font:
        return NO_FONT
    job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    (folder / JOB).write_text(json.dumps(job | {"font": font}, ensure_ascii=False), encoding="utf-8")
    shutil.copy(TEMPLATE, folder)
    typst.compile(str(folder / TEMPLATE.name), output=str(folder / MADE), root=str(folder), pdf_tags=False)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    sys.exit(main(Path(sys.argv[1])))
