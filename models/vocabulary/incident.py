"""Incidents: what is done when a tablet is lost, and within which time.

The law says at once (PIPL 57); the hours are the office's own limits.
"""

from models.vocabulary.code_list import N_

REVOKE, UNSENT, HEAD, AUTHORITY, PEOPLE = STEPS = ("revoke", "unsent", "head", "authority", "people")
# By when each is done, in hours after the loss was known.
HOURS = {REVOKE: 1, HEAD: 24, UNSENT: 24, AUTHORITY: 72, PEOPLE: 72}
WHAT = {
    REVOKE: N_("Revoke the tablet: the server takes nothing from it and tells it nothing"),
    UNSENT: N_("What was not sent: ask the operator what is missing, and write it down again or write it off"),
    HEAD: N_("Tell the head of the office"),
    AUTHORITY: N_("Tell the department that supervises personal information: what, why, possible harm, what was done"),
    PEOPLE: N_("Tell the people concerned, or note why no harm can come of it (article 57)"),
}
