"""A finger that counts what it does: how many taps, keys and swipes a flow costs is part of what tests hold."""

from typing import Any


class Finger:
    """Taps and types on one page, and counts ``taps``, ``swipes`` and ``keys`` (letters typed)."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps = self.keys = self.swipes = 0

    def tap(self, what: Any) -> None:
        """Tap on a locator, or on the first element of a selector. What is out of view costs a swipe a screen."""
        place = self.page.locator(what).first if isinstance(what, str) else what
        place.wait_for(state="visible")
        height = self.page.viewport_size["height"]
        box = place.bounding_box()
        away = max(-box["y"], box["y"] + box["height"] - height, 0)
        self.swipes += -int(-away // height)
        place.click()
        self.taps += 1

    def type(self, place: Any, text: str) -> None:
        """Type into a field that has the focus, or is the next in the form. Another needs a ``tap`` first."""
        place.press_sequentially(text)
        self.keys += len(text)
