"""Posters: what a vacancy's own words say of lodging, meals and the day of the start, as matching asks for it."""

from collections.abc import Iterable

AT_ONCE = ("随时", "立即", "马上", "即时")
_LODGING, _MEALS = ("住", "宿"), ("吃", "餐", "食")
_NOT = ("不包", "不提供", "自理", "无")


def has_lodging(benefits: Iterable[str]) -> bool:
    """Say whether any of these words offers lodging: 包吃住, 提供宿舍; not 住宿自理."""
    return _offers(benefits, _LODGING)


def has_meals(benefits: Iterable[str]) -> bool:
    """Say whether any of these words offers a meal: 包吃住, 工作餐, 餐补."""
    return _offers(benefits, _MEALS)


def starts_at_once(starts: str) -> bool:
    """Say whether the work begins as soon as somebody comes."""
    return any(word in starts for word in AT_ONCE)


def _offers(benefits: Iterable[str], words: tuple[str, ...]) -> bool:
    return any(word in one for one in benefits for word in words if not any(no in one for no in _NOT))
