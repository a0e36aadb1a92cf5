"""The history's acts: what each is called, and in words what the log says of it in the program's own short form."""

import re

from flask_babel import gettext as _

from models.vocabulary.code_list import N_, ROLES

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
    "tablet_revoked": N_("Revoked the tablet"), "tablet_written_off": N_("Wrote the tablet off"),
    "write_off_taken_back": N_("Took the write-off back"), "tablet_resumed": N_("The tablet was enrolled again"),
    "shared_identity": N_("Two devices under one letter"), "facts_lost": N_("The tablet lost entries"),
    "vacancy_overruled": N_("Kept a vacancy against the check"), "reserve_passes": N_("Reserved paper passes"),
    "seal_key_made": N_("Made a new key that seals"), "pass_key_made": N_("Made a new key that signs"),
    "pass_key_revoked": N_("Revoked a key"), "fact_settled": N_("Settled an entry"),
    "facts_excluded": N_("Set entries aside"), "exclusion_ended": N_("Took entries back in"),
    "hand_over_received": N_("Received a hand-over"), "hand_over_set_aside": N_("Set a hand-over aside"),
    "user_added": N_("Added an account"), "user_removed": N_("Removed an account"),
    "password_changed": N_("Changed a password"), "token_made": N_("Made an access token"),
    "token_revoked": N_("Revoked an access token"),
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
}  # fmt: skip
DAY = r"market day (?P<day>\d+)"
# What an entry says of itself, whole, and the sentence for it; a name that somebody typed stands as it was typed.
SAID = tuple((re.compile(pattern), words) for pattern, words in (
    (rf"posters per \w+ of {DAY}", N_("Posters (market day no. %(day)s)")),
    (rf"checklist of {DAY}", N_("Checklist (market day no. %(day)s)")),
    (rf"loudspeaker list of {DAY}", N_("Loudspeaker list (market day no. %(day)s)")),
    (rf"summary of {DAY} as (?P<form>\w+)", N_("Attendance summary (market day no. %(day)s), %(form)s")),
    (r"passes (?P<first>\d+) to (?P<last>\d+)", N_("Paper passes %(first)s to %(last)s")),
    (r"history as (?P<form>\w+)", N_("History, %(form)s")),
    (rf"{DAY}, booth (?P<booth>\d+)", N_("Market day no. %(day)s, booth %(booth)s")),
    (rf"{DAY}, tablet (?P<letter>\w+)(?P<more>: .*)?", N_("Market day no. %(day)s, tablet %(letter)s%(more)s")),
    (rf"{DAY}, booth (?P<booth>\d+), tablet (?P<letter>\w+)",
     N_("Market day no. %(day)s, booth %(booth)s, tablet %(letter)s")),
    (rf"device (?P<device>\d+), {DAY}, booth (?P<booth>\d+)",
     N_("Device %(device)s, market day no. %(day)s, booth %(booth)s")),
    (rf"{DAY}, version (?P<version>\d+)(?P<more>:.*)?", N_("Market day no. %(day)s, version %(version)s%(more)s")),
    (rf"{DAY}(, as last time)?(?P<more>[:,].*)?", N_("Market day no. %(day)s%(more)s")),
    (r"device (?P<device>\d+): (?P<more>.*)", N_("Device %(device)s: %(more)s")),
    (r"key (?P<key>\d+)(?P<more>,.*)?", N_("Key %(key)s%(more)s")),
    (r"(?P<name>[^,]+), (?P<role>organiser|clerk|reviewer|reader|city)(?P<more>[, 0-9]*)",
     N_("%(name)s, %(role)s%(more)s")),
))  # fmt: skip


def said(what: str) -> str:
    """Return what an entry says besides, in the reader's language where the program itself said it."""
    for pattern, words in SAID:
        if found := pattern.fullmatch(what):
            parts = {name: part or "" for name, part in found.groupdict().items()}
            if role := parts.get("role"):
                parts["role"] = _(ROLES[role])
            return str(_(words, **parts))
    return what
