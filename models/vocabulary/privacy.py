"""Privacy: the notice that job seekers are given, as its sentences; what a county fills in stands in ``%(…)s``."""

from models.vocabulary.code_list import N_

# On the phone, in a few short lines (PIPL 17 and 35).
LINES = (
    N_("Who keeps it: %(county)s. Telephone %(phone)s."),
    N_("What for: to register you, to help you find work, and to count how many came."),
    N_("What: your name, birth year, telephone, the work you can do, and which booths you went to."),
    N_(
        "Who sees it: staff at the booths see your name and your work. "
        "Nobody there sees your telephone number unless you agree."
    ),
    N_(
        "How long: your name and telephone number until %(days)s days after the campaign, "
        "%(tied)s if you were introduced to an employer; the register for %(years)s years."
    ),
    N_("Your rights: see it, correct it, take it back and delete it on your own page or by telephone, at any time."),
)
# Read out at a booth: templates/kiosk/parts/registration.html and asking.html have the same sentences.
READ_OUT = N_(
    "The employment service of the county keeps these answers to help with finding work, for as long as the "
    "law requires. Only employers you agree to, one by one, get your name and phone. You may see, correct "
    "or withdraw everything at this desk or by calling 12333."
)
SENSITIVE = N_(
    "Whether you are disabled is yours to say or not. If you like, we note it for the employment service alone, "
    "so that it can offer what is due to you. You may take it back at any time, and nothing depends on it."
)
EMPLOYER = N_("%(employer)s may have my name and telephone number, for this vacancy.")
# Where each part is given, in the order of a version's parts.
PARTS = {
    "phone": N_("On the phone, before registering"),
    "read_out": N_("Read out at a booth"),
    "sensitive": N_("Before a disability is noted"),
    "employer": N_("Consent for one employer"),
}
