"""HTML as tests read it: how a template breaks its lines is no part of what it says."""

import re
from html import unescape


def one_line(html: str) -> str:
    """Return HTML with every run of white space as one blank, and none beside a tag."""
    return re.sub(r"(?<=>) | (?=<)", "", " ".join(html.split()))


def hidden_fields(html: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms, by name."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}
