"""Wall links: a short address that shows the wall of a county's market days on a screen without an account.

Somebody types the address into a television's browser with a remote control, so its code is ten letters; it opens
public facts alone, is kept as a digest, and guesses are counted (routes/phone/walls.py).
"""

import secrets

from peewee import AutoField, BooleanField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.secret import digest
from models.market.audited import Audited
from models.market.county import County
from models.market.division import Division

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another one on a screen
CODE_LENGTH = 10
LIGHT, DARK = "light", "dark"
THEMES = (LIGHT, DARK)


class WallLink(Audited):
    """What opens the wall of one town's market days, or of all of the county's where ``town`` is None.

    ``name`` is the screen. ``english`` adds a line in English.
    """

    unnoted = frozenset({"made_at", "made_by", "token_hash"})

    id: "AutoField[int]"
    county_id: int
    town_id: str | None
    county = ForeignKeyField(County, on_delete="CASCADE")
    town = ForeignKeyField(Division, null=True)
    name = CharField()
    theme = CharField(max_length=8)
    english = BooleanField(default=False)
    token_hash = CharField(max_length=64, unique=True)
    made_by = CharField()
    made_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)

    def revoke(self) -> None:
        """End it at once: screens that show it say so. A repeat changes nothing."""
        if self.revoked_at is None:
            self.revoked_at = utcnow()
            self.save(only=[WallLink.revoked_at])

    @classmethod
    def issue(
        cls, county: County, town: Division | None, name: str, theme: str, english: bool, made_by: str
    ) -> "tuple[WallLink, str]":
        """Make a link; return it and its code, which is shown once."""
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        made = cls.create(
            county=county, town=town, name=name, theme=theme, english=english, token_hash=digest(code), made_by=made_by
        )
        return made, code

    @classmethod
    def by_code(cls, code: str) -> "WallLink | None":
        """Find a link that was not revoked, by its code as somebody typed it."""
        typed = code.strip().lower()
        return cls.get_or_none((cls.token_hash == digest(typed)) & cls.revoked_at.is_null())

    @classmethod
    def reaching(cls, county: County, town: Division) -> "list[WallLink]":
        """Return the links that show a town's market days, those of the whole county too, the newest first."""
        shows = (cls.county == county) & ((cls.town == town) | cls.town.is_null())
        return list(cls.select().where(shows).order_by(cls.id.desc()))

    @classmethod
    def end_all(cls) -> None:
        """End every link, those too that were revoked after a backup was made that was put back."""
        cls.update(revoked_at=utcnow()).where(cls.revoked_at.is_null()).execute()
