"""Every table that names a candidate or keeps free text about people has its place in forgetting."""

from models.schema import MODELS

# By candidate, person or node, and why nothing of the person is left in them. All hold ids, numbers, times and codes.
HOLD_IDS = {
    "alias", "awaited", "check_in", "check_in_count", "consent", "handed_person", "pass_binding", "phone_pass", "scan",
    "same_person", "showing", "visit", "progress", "pass_void", "group_evidence", "message",
    "survey_answer", "door_call", "calling", "sign_up",
}  # fmt: skip
CLEARED = {  # by models/derived/forget.py and models/forgetting/
    "candidate", "operation", "settlement", "overruled", "person_key", "audit_entry", "hand_over", "frozen",
    "deletion_request", "forgotten", "forgotten_key", "contact_attempt", "assistance", "referral", "complaint",
    "survey_person", "survey_attempt",
}  # fmt: skip
# What kinds require beside: none says anything in words.
CODES_AND_IDS = {"other", "visit", "referral", "attempt", "assistance", "outcome", "result", "what", "level", "group",
                 "intention", "call", "person", "how", "programme", "sign_up"}  # fmt: skip
ABOUT_PEOPLE = ("recipient", "candidate", "person", "node", "one", "other", "subject", "body", "box", "phone")
# A telephone number of an office, an employer or a service point, or what went out in public: no candidate's.
OF_OFFICES = {"county", "employer", "service_point", "checklist_item", "partner", "programme", "sent_package"}


def test_no_table_about_people_was_left_out():
    fields = {model._meta.table_name: {field.name for field in model._meta.sorted_fields} for model in MODELS}
    found = {table for table, names in fields.items() if names & set(ABOUT_PEOPLE)}
    assert found - HOLD_IDS - CLEARED - OF_OFFICES == set()


def test_of_every_kind_what_stays_can_be_read_again():
    """Required fields stay, so a shortened operation is as well-formed as it was."""
    from models.derived.nouns import kinds
    from models.log.kind import required_of
    from models.log.shortened import STAYS

    for name, kind in kinds().items():
        if not kind.is_open:
            free = required_of(kind) - STAYS - CODES_AND_IDS
            assert not free, f"{name}: {free} would stay when the person is forgotten: say so in STAYS, or here"
