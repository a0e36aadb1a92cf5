"""Second factors: six digits that a telephone shows for half a minute (TOTP, RFC 6238), and codes for a lost one."""

import secrets
from datetime import datetime

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.base.secret import digest
from models.market.audited import Audited
from models.market.organiser import Organiser

STEP = 30  # seconds for which a code is shown
AROUND = 1  # steps before and after the server's time in which a telephone's clock may stand
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are read as another
GROUPS, GROUP = 4, 4  # a recovery code: 31^16, so that a plain digest cannot be searched


class SecondFactor(Audited):
    """An account's secret. It counts once a code of it was typed (``confirmed_at``). ``last_step`` is used up."""

    within = "organiser"
    unnoted = frozenset({
        "last_step",
    })

    organiser_id: int
    organiser = ForeignKeyField(Organiser, primary_key=True, on_delete="CASCADE")
    secret = CharField(max_length=64)
    confirmed_at = InstantField(null=True)
    last_step = IntegerField(default=0)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.organiser.login

    @classmethod
    def begin(cls, organiser: Organiser) -> "SecondFactor":
        """Return the account's factor; a new one, that does not count yet, when there is none."""
        import pyotp

        with writing():
            found = cls.get_or_none(organiser=organiser)
            return found or cls.create(organiser=organiser, secret=pyotp.random_base32())

    @classmethod
    def of(cls, organiser: Organiser) -> "SecondFactor | None":
        """Return the factor of an account that counts, or None."""
        return cls.get_or_none((cls.organiser == organiser) & cls.confirmed_at.is_null(False))

    @classmethod
    def accounts(cls) -> set[int]:
        """Return the numbers of the accounts that have one that counts."""
        return {row.organiser_id for row in cls.select(cls.organiser).where(cls.confirmed_at.is_null(False))}

    def address(self, issuer: str) -> str:
        """Return what a telephone's app reads from the QR code."""
        import pyotp

        return pyotp.TOTP(self.secret).provisioning_uri(name=self.organiser.login, issuer_name=issuer)

    def accept(self, code: str, now: datetime | None = None) -> bool:
        """Say whether this code is right and was not used yet, nor one after it; it is used up then."""
        import pyotp

        if not (code.isascii() and code.isdigit()):
            return False
        totp, now_step = pyotp.TOTP(self.secret), int((now or utcnow()).timestamp()) // STEP
        steps = range(now_step - AROUND, now_step + AROUND + 1)
        right = [step for step in steps if secrets.compare_digest(totp.generate_otp(step), code)]
        if not right:
            return False
        unused = (SecondFactor.organiser == self.organiser_id) & (SecondFactor.last_step < right[-1])
        return SecondFactor.update(last_step=right[-1]).where(unused).execute() == 1

    def confirm(self) -> list[str]:
        """Have it count from now on; return the recovery codes, which are shown once."""
        with writing():
            self.confirmed_at = utcnow()
            self.save(only=[SecondFactor.confirmed_at])
            return RecoveryCode.make_anew(self.organiser)

    @classmethod
    def switch_off(cls, organiser: Organiser) -> bool:
        """Take an account's factor and codes away; say whether it had one that counted."""
        with writing():
            had_one = cls.of(organiser) is not None
            RecoveryCode.delete().where(RecoveryCode.organiser == organiser).execute()
            cls.delete().where(cls.organiser == organiser).execute()
        return had_one


class RecoveryCode(BaseModel):
    """A code that stands for the telephone once. It is kept as a digest."""

    id: "AutoField[int]"
    organiser = ForeignKeyField(Organiser, backref="recovery_codes", on_delete="CASCADE")
    code_hash = CharField(max_length=64)
    used_at = InstantField(null=True)

    @classmethod
    def make_anew(cls, organiser: Organiser) -> list[str]:
        """Return ten new codes; those before are worth nothing any more."""
        codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]
        with writing():
            cls.delete().where(cls.organiser == organiser).execute()
            for code in codes:
                cls.create(organiser=organiser, code_hash=_digest(code))
        return codes

    @classmethod
    def use(cls, organiser: Organiser, code: str) -> bool:
        """Say whether this is an unused code of the account; it is used up then."""
        unused = (cls.organiser == organiser) & (cls.code_hash == _digest(code)) & cls.used_at.is_null()
        return cls.update(used_at=utcnow()).where(unused).execute() == 1

    @classmethod
    def left(cls, organiser: Organiser) -> int:
        """Return how many codes of an account are unused."""
        return cls.select().where((cls.organiser == organiser) & cls.used_at.is_null()).count()


def passes(organiser: Organiser, typed: str, now: datetime | None = None) -> str | None:
    """Return which second factor this is: ``code``, ``recovery_code``, or None when it is none that counts."""
    factor = SecondFactor.of(organiser)
    if factor and factor.accept(typed.replace(" ", ""), now):
        return "code"
    return "recovery_code" if factor and RecoveryCode.use(organiser, typed) else None


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP))


def _digest(code: str) -> str:
    """Return the digest of a recovery code; blanks, dashes and capitals do not matter."""
    return digest("".join(letter for letter in code.lower() if letter in LETTERS))
