"""The nouns that are derived from facts, in the order in which a batch goes through them.

A kind of fact, whatever it makes, is one module beside this one and one entry in ``NOUNS``. Who reads another's rows
stands behind it.
"""

from models.derived.assistance import ASSISTANCE
from models.derived.calling import CALLING
from models.derived.candidate import CANDIDATE
from models.derived.consent import CONSENT
from models.derived.contact import CONTACT
from models.derived.contact_attempt import CONTACT_ATTEMPT
from models.derived.copied_pass import COPIED_PASS
from models.derived.door import DOOR
from models.derived.group_evidence import GROUP_EVIDENCE
from models.derived.hire import HIRE
from models.derived.known_pass import KNOWN_PASS
from models.derived.left_tie import LEFT_TIE
from models.derived.lost_pass import LOST_PASS
from models.derived.noun import Noun
from models.derived.opening import OPENING
from models.derived.pass_binding import PASS_BINDING
from models.derived.person import PERSON
from models.derived.person_key import PERSON_KEY
from models.derived.reach import REACH
from models.derived.referral import REFERRAL
from models.derived.right import RIGHT
from models.derived.same_person import SAME_PERSON
from models.derived.scan import CHECK_IN
from models.derived.sign_up import SIGN_UP
from models.derived.tally import TALLY
from models.derived.visit import VISIT
from models.derived.withdrawal import WITHDRAWAL
from models.log.kind import Kinds

NOUNS: tuple[Noun, ...] = (
    DOOR, CONTACT, WITHDRAWAL, CANDIDATE, KNOWN_PASS, COPIED_PASS, PASS_BINDING, SAME_PERSON, PERSON, PERSON_KEY, VISIT,
    CHECK_IN, HIRE, LEFT_TIE, LOST_PASS, TALLY, CONSENT, GROUP_EVIDENCE, OPENING, REFERRAL, SIGN_UP, CALLING, RIGHT,
    REACH, CONTACT_ATTEMPT, ASSISTANCE,
)  # fmt: skip


def kinds() -> Kinds:
    """Return every kind of fact that is known, with what its data may hold."""
    return {name: kind for noun in NOUNS for name, kind in noun.kinds.items()}
