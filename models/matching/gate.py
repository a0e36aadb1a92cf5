"""The gate: what keeps a vacancy from being recommended to somebody, each obstacle by its code.

Obstacles of the law come first. None hides a vacancy from anybody who looks for it, but those of age.
"""

from models.matching.rules import Rules
from models.matching.wish import Post, Wish

PLACES = ("town", "county", "city", "outside")  # from near to far
_HOW_FAR = {place: rank for rank, place in enumerate(PLACES)}
NIGHT = ("night", "rotating")
# What an obstacle is called; its sentence: models.vocabulary.matching.
OBSTACLES = (
    "too_young", "adults_only", "welfare", "closed", "expired", "full", "work_kind", "too_far", "no_lodging", "night",
)  # fmt: skip


def obstacles(wish: Wish, post: Post, rules: Rules) -> list[str]:
    """Return all that keeps a vacancy from being recommended, in the order of ``OBSTACLES``; empty: nothing does."""
    return [code for code, stands in zip(OBSTACLES, _stand(wish, post, rules), strict=True) if stands]


def fits(wish: Wish, post: Post, rules: Rules) -> bool:
    """Say whether nothing keeps a vacancy from being recommended to somebody."""
    return not any(_stand(wish, post, rules))


def _stand(wish: Wish, post: Post, rules: Rules) -> tuple[bool, ...]:
    """Return for each of ``OBSTACLES`` whether it stands."""
    return (
        wish.age < rules["youngest"],
        post.adults_only and wish.age < rules["adult"],
        post.work_kind == "welfare",  # who may have such a post is laid down: it is listed apart
        post.closed,
        post.expired,
        post.remaining <= 0,
        bool(wish.work_kinds) and post.work_kind != "welfare" and post.work_kind not in wish.work_kinds,
        _is_too_far(wish, post),
        wish.lodging and not post.lodging,
        wish.night is False and post.shift in NIGHT,
    )


def _is_too_far(wish: Wish, post: Post) -> bool:
    """Say whether the work is further than somebody goes. A place that nobody named is not."""
    goes, lies = _HOW_FAR.get(wish.place or ""), _HOW_FAR.get(post.place or "")
    if goes is None or lies is None or lies <= goes:
        return False
    return not (post.lodging and wish.travels)
