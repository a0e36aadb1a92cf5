"""Used numbers: up to which number things were given out that are removed now, so that none is given out again.

What was removed is still known outside: a market day's number stands on posters and in tablets, a pass's on its card.
"""

from peewee import BigIntegerField, CharField

from models.base.database import BaseModel


class UsedNumber(BaseModel):
    """The last number of a kind of thing that was removed."""

    thing = CharField(max_length=32, primary_key=True)
    last = BigIntegerField()

    @classmethod
    def last_of(cls, thing: str) -> int:
        """Return the last number of this kind that was removed; 0 when none was."""
        found = cls.get_or_none(cls.thing == thing)
        return found.last if found else 0

    @classmethod
    def keep(cls, thing: str, last: int) -> None:
        """Remember that numbers up to ``last`` were given out."""
        highest = max(last, cls.last_of(thing))
        cls.insert(thing=thing, last=highest).on_conflict(
            conflict_target=[cls.thing], update={cls.last: highest}
        ).execute()
