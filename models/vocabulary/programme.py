"""Programmes: what people sign up for besides vacancies, and what becomes of a sign-up."""

from models.vocabulary.code_list import N_

COURSE, TRIP, MENTOR, LEGAL_AID = "course", "trip", "mentor", "legal_aid"
PROGRAMMES = {
    COURSE: N_("Skills course"),
    TRIP: N_("Organised trip to work"),
    MENTOR: N_("Start-up mentor"),
    LEGAL_AID: N_("Legal-aid appointment"),
}
CAME, ENROLLED, NO_SHOW, DONE = "came", "enrolled", "no_show", "done"
SIGN_UP_OUTCOMES = {CAME: N_("Came"), ENROLLED: N_("Enrolled"), NO_SHOW: N_("Did not come"), DONE: N_("Done")}
