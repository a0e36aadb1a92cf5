"""Left ties: a registration that was taken back although the person is tied to a vacancy needs attention.

The ties stay, without a name: an employer may wait for that person.
"""

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun
from models.derived.person import persons_of
from models.derived.withdrawal import taken_back
from models.log.operation import Key
from models.log.remark import replace_remarks

REASON = "registration_tied"


def review(batch: Batch) -> None:
    """Judge the withdrawn registrations of the people whose check-ins or names a batch changed."""
    people = {person for _, _, person in batch.pairs} | {batch.persons[f.node] for f in batch.of("check_in.recorded")}
    people |= set(persons_of(batch.taken | batch.moved.keys()).values())
    members = people | {node for (node,) in fetch_in("SELECT node FROM alias WHERE person IN (??)", people)}
    rows = fetch_in("SELECT tablet_id, seq, what FROM withdrawal WHERE NOT restores AND what IN (??)", members)
    if not rows:
        return
    gone, person_of = taken_back(what for *_, what in rows), persons_of({what for *_, what in rows})
    tied = fetch_in("SELECT DISTINCT person FROM check_in WHERE person IN (??)", set(person_of.values()))
    reasons: dict[Key, set[str]] = {
        (log, seq): {REASON} if what in gone and (person_of[what],) in tied else set() for log, seq, what in rows
    }
    replace_remarks({REASON}, reasons)


LEFT_TIE = Noun("left_tie", reasons=(REASON,), review=review)
