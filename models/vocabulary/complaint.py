"""Complaints: the words of the book, and the days within which one is answered."""

from models.vocabulary.code_list import N_

DAYS = 15  # until the answer is due, unless another date is chosen
CHANNELS = {
    "desk": N_("At a desk of the market"), "office": N_("In the office"), "phone": N_("By telephone"),
    "letter": N_("By letter or mail"),
}  # fmt: skip
TOPICS = {
    "untrue": N_("Vacancy not as described"),
    "fees": N_("Fees, deposit or papers kept"),
    "unequal": N_("Unequal treatment"),
    "wages": N_("Wages not paid"),
    "privacy": N_("Personal information"),
    "service": N_("The service itself"),
    "other": N_("Something else"),
}
OUTCOMES = {
    "right": N_("Right: put right"),
    "partly": N_("Partly right: put right"),
    "unfounded": N_("Not confirmed"),
    "passed_on": N_("Passed on to who is responsible"),
    "withdrawn": N_("Taken back"),
}
