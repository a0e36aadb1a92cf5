"""Where a vacancy's work is, as one of the codes that a hire is counted by, read from the words of its employer."""

CITY = "重庆"
COUNTY_DIGITS, CITY_DIGITS = 6, 2  # of a division's code
_KINDS = ("自治县", "街道", "镇", "乡", "区", "县", "市")


def work_place_of(words: str, town: str, county: str) -> str | None:
    """Return ``town``, ``county`` or ``city`` for a place of work, or None when its words do not say.

    The narrowest that is named counts. Only a proposal: an operator says where somebody will work.
    """
    for code, name in (("town", _short(town)), ("county", _short(county)), ("city", CITY)):
        if name and name in words:
            return code
    return None


def distance_of(code: str | None, origin: str, words: str, town_code: str, town: str, county: str) -> str | None:
    """Return where work is, seen from a market's town, as a code of code_list.PLACES; None when nobody says.

    ``code`` is the division that the employer named, ``words`` the place as typed, ``origin`` where the vacancy comes
    from; ``town_code`` and ``town`` are the market's, ``county`` is the county's name.
    """
    if not code and origin != "local":
        return "outside"
    if not code:
        return work_place_of(words, town, county)
    if code == town_code:
        return "town"
    if code[:COUNTY_DIGITS] == town_code[:COUNTY_DIGITS]:
        return "county"
    return "city" if code[:CITY_DIGITS] == town_code[:CITY_DIGITS] else "outside"


def _short(name: str) -> str:
    """Return a division's name without its kind: 璧山区 is called 璧山. A name of one sign keeps its kind."""
    kind = next((kind for kind in _KINDS if name.endswith(kind) and len(name) - len(kind) >= 2), "")
    return name.removesuffix(kind)
