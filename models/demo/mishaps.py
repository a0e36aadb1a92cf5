"""What goes wrong on the demo's market day, as it does on any: kept, counted, shown to a person."""

from models.demo.cast import DemoCheckIn
from models.demo.morning import Morning
from models.people.candidate_pass import numbered

NEVER_PRINTED = numbered(777_000_123)
TWO_TABLETS = 2  # the booth where both tablets scan the same people
FLAT_BATTERY = -4_000 * 24 * 60  # minutes: a clock that wakes up eleven years ago


def go_wrong(morning: Morning, other_day_card: str) -> None:
    """Add the awkward facts of the morning."""
    _strange_passes(morning, other_day_card)
    _seen_twice(morning)
    _taken_back(morning)
    _closed_meanwhile(morning)
    _one_too_many(morning)
    _registered_again(morning)
    _edited_in_parallel(morning)
    _clock_stood_still(morning)


def _strange_passes(morning: Morning, other_day_card: str) -> None:
    """A number nobody printed, and a card from the next market day's box."""
    for booth, minute, number in ((3, 74, NEVER_PRINTED), (8, 151, other_day_card)):
        stand = morning.stands[booth]
        scanned = {"pass": number, "vacancy": stand.vacancies[0].number, "channel": "card"}
        stand.logs[0].add(minute, "check_in.recorded", scanned)


def _seen_twice(morning: Morning) -> None:
    """The booth's other tablet scans the same pass for the same vacancy, not knowing."""
    logs = morning.stands[TWO_TABLETS].logs
    twice = [check_in for check_in in morning.check_ins if check_in.log in logs and "pass" in check_in.named][:5]
    for check_in in twice:
        other = next(log for log in logs if log is not check_in.log)
        scanned = {**check_in.named, "vacancy": check_in.vacancy.number, "channel": "card"}
        other.add(check_in.minute + 0.7, "check_in.recorded", scanned)


def _taken_back(morning: Morning) -> None:
    """Six taps on the wrong vacancy, undone within a minute."""
    for check_in in [check_in for check_in in morning.check_ins if _untouched(morning, check_in)][10:70:10]:
        slip = {"check_in": check_in.id, "reason": "点错了岗位"}
        check_in.log.add(check_in.minute + 0.4, "check_in.withdrawn", slip)


def _untouched(morning: Morning, check_in: DemoCheckIn) -> bool:
    return check_in.stage == "interested" and check_in.log is not morning.phones


def _closed_meanwhile(morning: Morning) -> None:
    """A booth has its people and closes the vacancy; its second tablet scans one more."""
    stand = morning.stands[TWO_TABLETS]
    vacancy = min(stand.vacancies, key=lambda vacancy: vacancy.openings)
    last = max((t.minute for t in morning.check_ins if t.vacancy == vacancy), default=0)
    stand.logs[0].add(last + 1, "vacancy.filled", {"vacancy": vacancy.number})
    scanned = {"pass": morning.cards.pop(0), "vacancy": vacancy.number, "channel": "card"}
    stand.logs[1].add(last + 3, "check_in.recorded", scanned)


def _one_too_many(morning: Morning) -> None:
    """A vacancy of two places takes on three: over-subscribed by one."""
    stand = morning.stands[10]
    vacancy = min(stand.vacancies, key=lambda vacancy: vacancy.openings)
    for place in range(vacancy.openings + 1 - morning.hired.get(vacancy.number, 0)):
        minute = 196 + 7 * place
        card = morning.guests[40 + place].number
        scanned = {"pass": card, "vacancy": vacancy.number, "channel": "card"}
        check_in = stand.logs[0].add(minute, "check_in.recorded", scanned)
        for step, stage in enumerate(("interviewed", "hired"), start=1):
            moved = {"check_in": check_in, "stage": stage, "place": "town"}
            stand.logs[0].add(minute + step, "check_in.progressed", moved)


def _registered_again(morning: Morning) -> None:
    """Four people who left their card at home are registered once more, and merged."""
    known = [guest for guest in morning.guests if "phone" in guest.data]
    for minute, guest in enumerate(known[30:110:20], start=180):
        log = morning.stands[guest.booth % 10 + 1].logs[0]
        notice = {"notice_at": log.at(minute).isoformat(timespec="seconds")}
        log.add(minute + 1, "candidate.registered", guest.data | notice)


def _edited_in_parallel(morning: Morning) -> None:
    """Two booths that somebody comes to correct the same field of theirs from the same version."""
    candidate = morning.guests[60].candidate
    for booth, minute, place in ((4, 222, "county"), (7, 223, "outside")):
        came = {"candidate": candidate, "channel": "operator"}
        morning.stands[booth].logs[0].add(minute - 1, "visit.recorded", came)
        edited = {"wanted_place": place, "based_on": 1}
        morning.stands[booth].logs[0].add(minute, "candidate.amended", edited, uuid=candidate)


def _clock_stood_still(morning: Morning) -> None:
    """Before its clock was set, one tablet recorded a visit long ago."""
    seen = {"pass": morning.cards.pop(0), "channel": "card"}
    morning.stands[5].logs[0].add(FLAT_BATTERY, "visit.recorded", seen)
