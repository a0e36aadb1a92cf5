"""What leaves the county of a closed day: a whole sheet of people of the day, attacked over all its tables at once."""

from collections import Counter
from random import Random

import pytest

from models.figures import outward as module
from models.figures.breakdown import AGES, EVERYONE, FACTS
from models.figures.outward import outward
from models.figures.suppression import HIDDEN
from models.figures.version import hash_of
from models.vocabulary.stage import PLACES, STAGES
from tests.models.figures.test_suppression import withstands

TITLES = [("sewing", 1), ("cook", 1), ("welder", 2), ("guard", 3)]


def drawn_sheet(random: Random, people: int) -> dict:
    """Return the sheet of a day to which so many people came, with what ``figures()`` would count of them."""
    reached, persons_reached, places, migrant_places = (Counter() for _ in range(4))
    posts = [dict.fromkeys(("check_ins", "agreed", "hired"), 0) for _ in TITLES]
    hours, seekers, groups, visits = Counter(), Counter(), {}, Counter()
    registered = 0
    for _ in range(people):
        post = random.choices(range(4), (9, 5, 2, 1))[0]
        rank = random.choices(range(6), (20, 8, 5, 4, 3, 1))[0]
        visits[TITLES[post][1]] += 1
        hour = random.choices((8, 9, 10, 12), (5, 9, 4, 1))[0]
        hours[hour] += 1
        posts[post]["check_ins"] += 1
        posts[post]["agreed"] += rank >= 3
        posts[post]["hired"] += rank >= 4
        for at, stage in enumerate(STAGES[1:], start=1):
            reached[stage] += rank >= at
            persons_reached[stage] += rank >= at
        is_new, mine = random.random() < 0.7, set(random.choices(("MIG", "RUR", "DIS"), (6, 4, 1), k=2))
        registered += is_new
        seekers[TITLES[post][0]] += is_new
        place = random.choices(PLACES, (5, 3, 1, 2))[0]
        if rank >= 4:
            places[place] += 1
            migrant_places[place] += "MIG" in mine
        come = [fact for fact in FACTS if (is_new if fact == "registered" else rank >= (3 if fact == "agreed" else 4))]
        cell = random.choice(("female", "male", "male", "")), random.choice(list(AGES))
        for group in {*mine, EVERYONE} if come and random.random() < 0.6 else ():
            groups.setdefault((group, *cell), Counter(dict.fromkeys(FACTS, 0))).update(come)
    whole = dict.fromkeys(STAGES[1:], 0)
    provinces = Counter(random.choices(("sichuan", "shandong", "other"), (3, 1, 2), k=places["outside"]))
    return {
        "market_day": {"id": 1}, "version": 2, "tablets": [{"acknowledged": 77}], "local_share": 61.2,
        "persons": people, "visits": people + 3, "nameless": 5, "signed_up": 2, "registered": registered,
        "check_ins": people, "persons_checked_in": people, "openings": 3,
        "reached": whole | reached, "persons_reached": whole | persons_reached,
        "tallies": {"visitor": 3, "leaflet": 90},
        "places": dict.fromkeys(PLACES, 0) | places, "migrant_places": dict.fromkeys(PLACES, 0) | migrant_places,
        "provinces": dict.fromkeys(("sichuan", "shandong", "other"), 0) | provinces,
        "referred": {"training": 9, "other": 2}, "taken_up": {"training": 3, "other": 0},
        "booths": [
            {"booth": n, "persons": visits[n], "visits": visits[n] + 3 * (n == 1),
             "check_ins": sum(post["check_ins"] for post, (_, at) in zip(posts, TITLES, strict=True) if at == n)}
            for n in (1, 2, 3)
        ],
        "vacancies": [{"booth": at, **post} for post, (_, at) in zip(posts, TITLES, strict=True)],
        "hours": [{"hour": hour, "visits": n + 3 * (hour == 9), "check_ins": n} for hour, n in sorted(hours.items())],
        "trades": [{"trade": name, "places": 3, "seekers": n, "ratio": 3 / n} for name, n in seekers.items() if n],
        "groups": [dict(zip(("group", "sex", "age"), key, strict=True)) | cell for key, cell in groups.items()],
        "hash": "00", "since": {"facts": 1},
    }  # fmt: skip


@pytest.mark.parametrize("people", [4, 30, 200])
def test_no_small_count_of_a_sheet_can_be_worked_out(people):
    sheet = drawn_sheet(Random(people), people)

    withstands(module._table(sheet))
    shown = outward(sheet)

    for table, columns in module._ROWS.items():
        assert all(row[name] not in range(1, 5) for row in shown[table] for name in columns)
    assert all(shown[name] not in range(1, 5) for name in module._TOTALS)
    assert all(n not in range(1, 5) for name in module._GROUPED for n in shown[name].values())
    assert (shown["openings"], shown["vacancies"][0]["booth"], shown["market_day"]) == (3, 1, {"id": 1})
    assert [trade["ratio"] for trade in shown["trades"] if trade["seekers"] == HIDDEN] == [
        HIDDEN for trade in shown["trades"] if trade["seekers"] == HIDDEN
    ]
    assert (shown["local_share"] == HIDDEN) == (HIDDEN in shown["migrant_places"].values())
    assert (shown["tablets"], shown["outside"], "since" in shown) == ([], True, False)
    assert shown["hash"] == hash_of({name: value for name, value in shown.items() if name != "hash"})
