"""Organisers: who signs in at a desktop, and as what."""

import secrets
from typing import TYPE_CHECKING, Any

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.database import InstantField
from models.base.typed import plain_of
from models.market.audited import Audited
from models.market.county import County

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# An organiser changes everything of the county; a clerk the market days of some towns; a reviewer its vacancies and
# employers; a reader nothing. The city belongs to no county and reads totals alone.
ORGANISER, CLERK, REVIEWER, READER, CITY = ROLES = ("organiser", "clerk", "reviewer", "reader", "city")
SHORTEST_PASSWORD = 10  # letters
AFTER_A_BACKUP = 1_000  # nobody signs out as often between two backups
HASHING: dict[str, Any] = {}  # how much work a hash is, as argon2's PasswordHasher takes it; empty: as it advises


class TooShort(ValueError):
    """A password that is guessed too soon."""


def require_length(password: str) -> None:
    """Raise TooShort for a password of fewer than ten letters."""
    if len(password) < SHORTEST_PASSWORD:
        raise TooShort(f"a password has at least {SHORTEST_PASSWORD} letters; this one has {len(password)}")


class Organiser(Audited):
    """An account: a person of the county's office, or of the city's, which has no county."""

    unnoted = frozenset({"session_version"})

    id: "AutoField[int]"
    county_id: int | None
    county = ForeignKeyField(County, null=True, backref="organisers", on_delete="CASCADE")
    login = CharField(unique=True)
    name = CharField()
    role = CharField(max_length=16, default="organiser")
    password_hash = CharField()
    session_version = IntegerField(default=1)  # one that was signed in under an earlier version is signed out
    switched_off_at = InstantField(null=True)  # nobody signs in with it until it is switched on again

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.login

    @classmethod
    def enlist(
        cls, county: County | None, login: str, password: str, role: str = ORGANISER, name: str = ""
    ) -> "Organiser":
        """Create an account, of no county for the city; the password is kept as argon2id. Raises TooShort."""
        require_length(password)
        hashed = _hasher().hash(password)
        return cls.create(county=county, login=login, name=name or login, role=role, password_hash=hashed)

    @classmethod
    def exist(cls) -> bool:
        """Say whether there is any account at all, those that are switched off too."""
        return bool(cls.select(cls.id).limit(1))

    @classmethod
    def by_login(cls) -> list["Organiser"]:
        """Return all who can sign in, by their login."""
        return list(cls.select().order_by(cls.login))

    @classmethod
    def called(cls, login: str) -> "Organiser | None":
        """Return who signs in by this name; blanks and width do not matter."""
        return next((one for one in cls.by_login() if plain_of(one.login) == plain_of(login)), None)

    @classmethod
    def authenticate(cls, login: str, password: str) -> "Organiser | None":
        """Return the organiser with this name and password, taking as long for a name unknown or switched off."""
        organiser = cls.called(login)
        if organiser is None or organiser.switched_off_at:
            _fits(_unknown_hash(), password)
            return None
        return organiser if organiser.has_password(password) else None

    def has_password(self, password: str) -> bool:
        """Say whether this is the account's password."""
        return _fits(self.password_hash, password)

    def change_password(self, password: str) -> None:
        """Keep a new password, and end all sessions. Raises TooShort."""
        require_length(password)
        self.password_hash = _hasher().hash(password)
        self.save(only=[Organiser.password_hash])
        self.end_sessions()

    def end_sessions(self) -> None:
        """Sign this person out everywhere: a session that somebody copied ends as well."""
        Organiser.update(session_version=Organiser.session_version + 1).where(Organiser.id == self.id).execute()

    @classmethod
    def end_all_sessions(cls) -> None:
        """Sign everybody out, those too who signed out after a backup was made that was put back."""
        cls.update(session_version=cls.session_version + AFTER_A_BACKUP).execute()

    @classmethod
    def by_session(cls, name: str) -> "Organiser | None":
        """Return whose session has this name, or None when it ended or is none."""
        id, _dot, version = name.partition(".")
        if not all(part.isdecimal() and len(part) < 10 for part in (id, version)):
            return None
        is_current = (cls.session_version == int(version)) & cls.switched_off_at.is_null()
        return cls.get_or_none((cls.id == int(id)) & is_current)

    # What Flask-Login asks of a user.
    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the name of this person in a session: the id and the version."""
        return f"{self.id}.{self.session_version}"


def _hasher() -> "PasswordHasher":
    """Argon2 is imported when somebody signs in, not at start."""
    from argon2 import PasswordHasher

    return PasswordHasher(**HASHING)


def _fits(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


_UNKNOWN: list[str] = []


def _unknown_hash() -> str:
    """Return a hash that nobody's password has, made once a process."""
    if not _UNKNOWN:
        _UNKNOWN.append(_hasher().hash(secrets.token_hex()))
    return _UNKNOWN[0]
