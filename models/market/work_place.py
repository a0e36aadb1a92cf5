"""Where a vacancy's work is, as one of the codes that a hire is counted by, read from the words of its employer."""

CITY = "重庆"
_KINDS = ("自治县", "街道", "镇", "乡", "区", "县", "市")


def work_place_of(words: str, town: str, county: str) -> str | None:
    """Return ``town``, ``county`` or ``city`` for a place of work, or None when its words do not say.

    The narrowest that is named counts. Only a proposal: an operator says where somebody will work.
    """
    for code, name in (("town", _short(town)), ("county", _short(county)), ("city", CITY)):
        if name and name in words:
            return code
    return None


def _short(name: str) -> str:
    """Return a division's name without its kind: 璧山区 is called 璧山. A name of one sign keeps its kind."""
    kind = next((kind for kind in _KINDS if name.endswith(kind) and len(name) - len(kind) >= 2), "")
    return name.removesuffix(kind)
