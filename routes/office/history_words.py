"""The history's words: what was changed, in the words of the forms, and its values as the forms show them."""

from datetime import datetime
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _

from models.base.typed import text_of
from models.market.audit import AuditEntry
from models.market.audited import Audited
from models.market.employer_link import ACTOR
from models.vocabulary.code_list import N_
from routes.office.history_names import FIELDS, THINGS, VALUES
from routes.office.history_said import said
from routes.web.forms import yuan

KINDS_OF_ENTRY = {
    "made": N_("Added"), "changed": N_("Changed"), "deleted": N_("Deleted"), "read": N_("Names or phones read"),
    "export": N_("Exported or printed"), "refused": N_("Refused"), "other": N_("Other acts"),
}  # fmt: skip
ACTIONS = {
    "made": N_("Added"), "changed": N_("Changed"), "deleted": N_("Deleted"), "read": N_("Read names or phones"),
    "export": N_("Exported"), "print": N_("Printed"), "refused": N_("Was refused"),
    "closed_day_changed": N_("Changed a closed day"), "day_closed": N_("Closed the day"),
    "day_cancelled": N_("Cancelled the day"), "cancellation_taken_back": N_("Took the cancellation back"),
    "day_deleted": N_("Deleted the day"), "employer_deleted": N_("Deleted the employer"),
    "employer_archived": N_("Archived the employer"), "enrolment_opened": N_("Made an enrolment code"),
    "vacancy_verified": N_("Checked a vacancy"), "operations_refused": N_("Entries were refused"),
    "device_changed": N_("Changed a device"), "device_revoked": N_("Revoked a device"),
    "device_assigned": N_("Assigned a device"), "devices_assigned": N_("Assigned devices as last time"),
    "device_withdrawn": N_("Withdrew a device"), "second_factor_required": N_("Second factor for everybody"),
    "role_changed": N_("Changed a role"), "sessions_ended": N_("Signed somebody out everywhere"),
    "second_factor_on": N_("Switched a second factor on"), "second_factor_off": N_("Switched a second factor off"),
    "recovery_codes_made": N_("Made recovery codes"), "recovery_code_used": N_("Used a recovery code"),
    "invited": N_("Invited somebody"), "invitation_withdrawn": N_("Took an invitation back"),
    "invitation_accepted": N_("Accepted an invitation"), "password_reset_offered": N_("Made a link to a new password"),
    "password_reset": N_("Set a new password"), "account_switched_off": N_("Switched an account off"),
    "account_switched_on": N_("Switched an account on"), "sign_in_refused": N_("Was refused the sign-in"),
    "campaign_deleted": N_("Deleted the campaign"), "county_changed": N_("Changed the county's settings"),
    "market_rule_added": N_("Added a rule"), "market_rule_changed": N_("Changed a rule"),
    "market_rule_deleted": N_("Deleted a rule"), "service_point_added": N_("Added a service point"),
    "service_point_changed": N_("Changed a service point"), "service_point_deleted": N_("Deleted a service point"),
    "division_added": N_("Added a town"), "division_changed": N_("Changed a town"),
    "put_back": N_("Put an entry back"), "day_published": N_("Published the day"),
    "day_postponed": N_("Postponed the day"), "day_draft_again": N_("Took the publication back"),
    "day_signed": N_("Noted who signed"),
    "day_signature_taken_back": N_("Took the signature back"),
    "tablet_revoked": N_("Revoked the tablet"), "tablet_written_off": N_("Wrote the tablet off"),
    "write_off_taken_back": N_("Took the write-off back"), "tablet_resumed": N_("The tablet was enrolled again"),
    "shared_identity": N_("Two devices under one letter"), "facts_lost": N_("The tablet lost entries"),
    "vacancy_overruled": N_("Kept a vacancy against the check"), "reserve_passes": N_("Reserved paper passes"),
    "backup_made": N_("Made a backup"), "backup_taken": N_("Took a backup away"),
    "keys_copied": N_("Copied the keys"), "keys_put_back": N_("Put keys back"),
    "package_received": N_("Took a package of a partner in"),
    "region_key_made": N_("Made a key for the exchange with other regions"),
    "seal_key_made": N_("Made a new key that seals"), "pass_key_made": N_("Made a new key that signs"),
    "pass_key_revoked": N_("Revoked a key"), "fact_settled": N_("Settled an entry"),
    "facts_excluded": N_("Set entries aside"), "exclusion_ended": N_("Took entries back in"),
    "hand_over_received": N_("Received a hand-over"), "hand_over_set_aside": N_("Set a hand-over aside"),
    "first_account": N_("Made the first account"), "demo_removed": N_("Removed the demo"),
    "user_added": N_("Added an account"), "user_removed": N_("Removed an account"),
    "password_changed": N_("Changed a password"), "token_made": N_("Made an access token"),
    "token_revoked": N_("Revoked an access token"), "person_deleted": N_("Deleted a person"),
    "incident_reported": N_("Noted a lost tablet"), "incident_step": N_("Did a step about a lost tablet"),
    "complaint_received": N_("Wrote a complaint down"), "complaint_step": N_("Went on with a complaint"),
    "person_frozen": N_("Froze a person"), "person_released": N_("Lifted a freeze"),
    "mailing_begun": N_("Had text messages sent"), "mailing_stopped": N_("Stopped text messages"),
    "mailing_renewed": N_("Planned messages again that did not arrive"),
    "messages_settled": N_("Decided what became of messages"), "opted_out": N_("Noted that somebody wants no messages"),
    "survey_round_made": N_("Made a round from door to door"),
    "roster_taken_in": N_("Took a survey's list in"), "surveyed_deleted": N_("Deleted somebody of a survey"),
    "opt_out_taken_back": N_("Noted that somebody wants messages again"),
    "sheet_imported": N_("Took a spreadsheet in"), "sheet_import_undone": N_("Undid the import of a spreadsheet"),
    "sheet_import_stopped": N_("Stopped the import of a spreadsheet"),
    "sheet_import_dropped": N_("Took a spreadsheet away"),
    "link_opened": N_("Opened a link"), "list_taken": N_("Took a list of people by a link"),
}  # fmt: skip
READINGS = {
    "waiting": N_("What waits on the market day"), "contact": N_("Contact of the employer"),
    "search by name": N_("Search by a name"), "search by pass": N_("Search by a pass"),
    "search by phone": N_("Search by a phone number"), "page": N_("The person's page"),
    "form": N_("The form that corrects a registration"), "phone": N_("Phone number"),
    "call list": N_("People whom the employer may call"), "day": N_("Everybody of the market day"),
    "held": N_("Print all we hold"), "ledger": N_("Ledger of introductions"),
    "twins": N_("Registrations that are perhaps one person's"), "worklist": N_("Follow-up worklist"),
    "contact form": N_("The form of a contact"), "complaint": N_("Complaint"), "complaints": N_("Book of complaints"),
    "assistance": N_("Help for people in difficulty"),
    "survey list": N_("People of a survey"), "survey phone": N_("Phone number of somebody of a survey"),
}  # fmt: skip


def things() -> dict[str, str]:
    """Return the kinds of things that have a history, each table with its words."""
    tables = {model._meta.table_name for model in Audited.__subclasses__()}
    return {table: words for table, words in THINGS.items() if table in tables}


def action(entry: AuditEntry) -> str:
    """Return what was done, in words."""
    words = ACTIONS.get(entry.action)
    return _(words) if words else entry.action.replace("_", " ")


def thing(entry: AuditEntry) -> str:
    """Return what kind of thing it was done to, in words; empty for an entry that names none."""
    words = THINGS.get(entry.thing)
    return _(words) if words else entry.thing


def who(entry: AuditEntry) -> str:
    """Return who did it, in words."""
    kind, _colon, name = entry.who.partition(":")
    if kind == "tablet":
        return _("Tablet %(letter)s", letter=name)
    if kind == ACTOR:
        return _("the employer (%(name)s)", name=name)
    if kind == "token":
        return _("Access token %(name)s", name=name)
    if kind == "command line":
        return _("Command line (%(user)s)", user=name) if name else _("Command line")
    if entry.who == "first run":
        return _("First run")
    return _("Nobody who was signed in") if entry.who == "nobody" else entry.who


def what(entry: AuditEntry) -> str:
    """Return what an entry says besides; of a reading, in which place it was."""
    if entry.action != AuditEntry.READ:
        return said(str(entry.what))
    if entry.what in READINGS:
        return _(READINGS[entry.what])
    kind, *rest = entry.what.split(" ")
    if kind == "entry" and len(rest) == 2:
        letter, seq = rest
        return _("Entry %(letter)s %(seq)s of what waits", letter=letter, seq=seq)
    return _(READINGS[kind]) if kind in READINGS else str(entry.what)


def lines(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Return the changed fields of an entry: what each is called, its old and its new value; a secret is not shown."""
    found: dict[str, tuple[str, str, str]] = {}
    for field, pair in entry.changes.items():
        name = label(entry.thing, field)
        old, new = (value(entry.thing, field, one) for one in pair) if pair else ("", _("not shown"))
        found.setdefault(name if not pair else field, (name, old, new))
    return list(found.values())


def label(table: str, field: str) -> str:
    """Return what a field is called in its form."""
    words = FIELDS.get(table, {}).get(field)
    return _(words) if words else field.replace("_", " ")


def value(table: str, field: str, said: Any) -> str:
    """Return a value as a form shows it, empty for none."""
    if said in (None, "", []):
        return ""
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, list):
        return "、".join(value(table, field, one) for one in said)
    if field.endswith("_fen"):
        return yuan(said)
    if field.endswith("_at"):
        return _moment(str(said))
    if str(said).startswith(f"{ACTOR}:"):
        return _("the employer (%(name)s)", name=str(said).partition(":")[2])
    codes = VALUES.get((table, field), {})
    return _(codes[said]) if said in codes else text_of(str(said))


def _moment(said: str) -> str:
    """Return a moment in the county's time; a time of day stands as it was typed."""
    try:
        return str(format_datetime(datetime.fromisoformat(said), "y-MM-dd HH:mm"))
    except ValueError:
        return said
