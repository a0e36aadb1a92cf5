"""Organisers: who signs in at a desktop."""

import secrets
from typing import TYPE_CHECKING, Any

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.typed import plain_of
from models.market.audited import Audited
from models.market.county import County

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("organiser", "reader")  # a reader sees everything of the county and changes nothing
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
    """A person of the county's office."""

    unnoted = frozenset({"session_version"})

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="organisers", on_delete="CASCADE")
    login = CharField(unique=True)
    name = CharField()
    role = CharField(max_length=16, default="organiser")
    password_hash = CharField()
    session_version = IntegerField(default=1)  # one that was signed in under an earlier version is signed out

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.login

    @classmethod
    def enlist(
        cls, county: County, login: str, password: str, role: str = "organiser"
    ) -> "Organiser":
        """Create an organiser; the password is kept as argon2id. Raises TooShort."""
        require_length(password)
        return cls.create(
            county=county, login=login, name=login, role=role, password_hash=_hasher().hash(password)
        )

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
        """Return the organiser with this name and password, taking as long for an unknown name."""
        from argon2.exceptions import InvalidHashError, VerificationError

        organiser = cls.called(login)
        try:
            _hasher().verify(organiser.password_hash if organiser else _unknown_hash(), password)
        except (VerificationError, InvalidHashError):
            return None
        return organiser

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
        return cls.get_or_none((cls.id == int(id)) & (cls.session_version == int(version)))

    # What Flask-Login asks of a user.
    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the name of this person in a session: the id and the version."""
        return f"{self.id}.{self.session_version}"

    @property
    def may_write(self) -> bool:
        """Say whether this person may change anything."""
        return self.role == "organiser"


def _hasher() -> "PasswordHasher":
    """Argon2 is imported when somebody signs in, not at start."""
    from argon2 import PasswordHasher

    return PasswordHasher(**HASHING)


_UNKNOWN: list[str] = []


def _unknown_hash() -> str:
    """Return a hash that nobody's password has, made once a process."""
    if not _UNKNOWN:
        _UNKNOWN.append(_hasher().hash(secrets.token_hex()))
    return _UNKNOWN[0]
