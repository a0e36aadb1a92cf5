"""The crowd of the demo: 200 people who came to market, as their registrations say."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CROWD = 200
HOMES = {  # townships around the market, the nearest first
    "500120100": 60,  # 八塘镇
    "500120101": 16,  # 七塘镇
    "500120102": 9,  # 河边镇
    "500120103": 7,  # 福禄镇
    "500120006": 5,  # 大路街道
    "500120002": 3,  # 璧泉街道
}
SCHOOLING = {  # by birth year: how many of a hundred finished what
    1965: {"none": 4, "primary": 58, "junior_middle": 32, "senior_middle": 6},
    1980: {"primary": 28, "junior_middle": 52, "senior_middle": 11, "secondary_vocational": 9},
    1995: {"junior_middle": 46, "senior_middle": 20, "secondary_vocational": 24, "college": 10},
    9999: {"senior_middle": 22, "secondary_vocational": 38, "college": 30, "bachelor": 10},
}
PLACES = {"town": 44, "county": 36, "city": 13, "outside": 7}
GROUPS = {"RUR": 0.7, "MIG": 0.35, "UNE": 0.08, "POV": 0.06}  # none that needs separate consent


@dataclass
class Person:
    """Somebody in the crowd. ``data`` is a registration's data, but for the time of the notice."""

    data: dict
    trades: list[str]
    visits: int  # how many booths they have patience for


def gather(year: int, draw: random.Random) -> list[Person]:
    """Return the crowd of a market day in ``year``, no two of one name and birth year."""
    names = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
    crowd: dict[tuple[str, int], Person] = {}
    while len(crowd) < CROWD:
        person = _person(names, year, draw)
        crowd.setdefault((person.data["name"], person.data["birth_year"]), person)
    for place, person in enumerate(crowd.values()):
        _give_phone(person, place, draw)
    return list(crowd.values())


def _person(names: dict, year: int, draw: random.Random) -> Person:
    sex = draw.choice(["female", "male"])
    birth_year = year - _age(draw)
    given = names["given"][sex][_era(names["given"][sex], birth_year)].split()
    trades = _trades(names["trades"][sex].split(), draw)
    data: dict[str, Any] = {
        "name": draw.choice(names["surnames"]) + draw.choice(given),
        "birth_year": birth_year,
        "sex": sex,
        "home_division": _weighted(HOMES, draw),
        "education": _weighted(SCHOOLING[_era(SCHOOLING, birth_year)], draw),
        "trades": trades,
        "wanted_place": _weighted(PLACES, draw),
        "wanted_pay_min_fen": draw.randrange(24, 60) * 10_000,  # 2,400 to 5,900 yuan
        "work_kinds": _work_kinds(year - birth_year, draw),
        "groups": [code for code, share in GROUPS.items() if draw.random() < share],
        "registered_by": draw.choices(["operator", "self", "relative"], [88, 8, 4])[0],
    }
    return Person(data, trades, draw.choices([1, 2, 3, 4], [34, 38, 20, 8])[0])


def _age(draw: random.Random) -> int:
    """Two in three are 45 to 65: who stays in a market town, or has come home to it."""
    low, high = draw.choices(
        [(18, 30), (30, 44), (45, 56), (56, 66), (66, 72)], [9, 21, 36, 29, 5]
    )[0]
    return draw.randrange(low, high)


def _era(eras: dict, birth_year: int) -> Any:
    return next(last for last in eras if birth_year < int(last))


def _trades(known: list[str], draw: random.Random) -> list[str]:
    return list(dict.fromkeys(draw.choice(known) for _ in range(draw.randrange(1, 4))))


def _work_kinds(age: int, draw: random.Random) -> list[str]:
    day_labour = 0.2 + max(0, age - 40) / 50
    kinds = ["day"] if draw.random() < day_labour else []
    if not kinds or draw.random() < 0.6:
        kinds.insert(0, "full_time")
    return kinds + (["part_time"] if draw.random() < 0.15 else [])


def _give_phone(person: Person, place: int, draw: random.Random) -> None:
    """Give most a number. 100 begins nobody's mobile number, so no stranger is ever called."""
    if draw.random() < 0.86:
        old = person.data["birth_year"] < 1966
        person.data["phone"] = f"100{20_480_000 + place * 37:08d}"
        person.data["phone_owner"] = draw.choice(["self", "child"]) if old else "self"


def _weighted(shares: dict, draw: random.Random) -> str:
    return draw.choices(list(shares), list(shares.values()))[0]
