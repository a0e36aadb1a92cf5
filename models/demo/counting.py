"""What the demo counts without a name: visitors who only ask, leaflets, questions by topic."""

from models.demo.cast import Stand
from models.demo.morning import LENGTH, TRAINING_DESK, Morning

RIGHTS_DESK = 11
# How often each topic is tapped in a morning, and how many one tap counts.
EMPLOYER = {"leaflet": (14, 3), "policy": (5, 1)}
DESKS = {
    RIGHTS_DESK: {
        "visitor": (42, 2),
        "leaflet": (30, 4),
        "policy": (16, 1),
        "wages_owed": (9, 1),
        "contract": (7, 1),
        "injury": (4, 1),
        "insurance": (13, 1),
        "rights_other": (6, 1),
    },
    TRAINING_DESK: {
        "visitor": (24, 2),
        "leaflet": (34, 4),
        "policy": (18, 1),
        "training": (31, 1),
        "business_start": (8, 1),
        "welfare_post": (14, 1),
        "transport": (11, 1),
    },
}


def count(morning: Morning) -> None:
    """Tap the counters through the morning; one tap too many is taken back."""
    for stand in morning.stands.values():
        _tap(morning, stand, DESKS.get(stand.number, EMPLOYER))
    leaflets = morning.stands[RIGHTS_DESK].logs[0]
    leaflets.add(131, "tally.counted", {"topic": "leaflet", "count": 5})
    leaflets.add(131.2, "tally.counted", {"topic": "leaflet", "count": -5})


def _tap(morning: Morning, stand: Stand, topics: dict[str, tuple[int, int]]) -> None:
    draw = morning.draw
    for topic, (taps, most) in topics.items():
        for _ in range(draw.randrange(taps * 3 // 4, taps * 5 // 4 + 1)):
            minute = draw.betavariate(2.3, 3.1) * LENGTH
            counted = {"topic": topic, "count": draw.randrange(1, most + 1)}
            draw.choice(stand.logs).add(minute, "tally.counted", counted)
