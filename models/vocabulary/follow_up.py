"""Words of what comes after a market day: how somebody was asked, whether they were reached, and what became of it."""

from models.vocabulary.code_list import N_

CHANNELS = {
    "phone": N_("By phone"),
    "sms": N_("By text message"),
    "visit": N_("At their home"),
    "market": N_("At a market"),
    "other": N_("In another way"),
}

# What an attempt came to. The last three end the round; of who refused or has another number nobody asks again.
RESULTS = {
    "no_answer": N_("No answer"),
    "later": N_("Asked us to come back later"),
    "reached": N_("Was reached"),
    "refused": N_("Wants no more calls"),
    "wrong_number": N_("Wrong number"),
}
ENDS_ROUND = ("reached", "refused", "wrong_number")
ENDS_ALL = ("refused", "wrong_number")

OUTCOMES = {
    "started": N_("Started work there"),
    "still_there": N_("Still works there"),
    "gone": N_("Has left again"),
    "elsewhere": N_("Works elsewhere"),
    "looking": N_("Still looks for work"),
}
CONFIRMED = ("started", "still_there")  # placed by the market day, as was found out later
AT_WORK = (*CONFIRMED, "elsewhere")
WITH_A_PLACE = (*AT_WORK, "gone")

ROUNDS = (7, 30, 90)  # days after a market day

# Who are people in difficulty, and what a person among them is to get at least (就业援助: 1 guidance, 3 posts offered).
IN_DIFFICULTY = ("DIF", "ZER", "LOW", "DIS")
GUIDANCE, OFFER = "guidance", "offer"
HELP = {GUIDANCE: N_("Guidance"), OFFER: N_("Post offered")}
LEAST_HELP = {GUIDANCE: 1, OFFER: 3}
