"""The kiosk's sentences that JavaScript chooses from: code to English, translated in the shell."""

from models.vocabulary import code_list, reason
from models.vocabulary.code_list import N_

PHONE_OWNERS = {"self": N_("Their own"), "child": N_("A child's"), "neighbour": N_("A neighbour's")}

LINE = {
    "contact": N_("server answered {at}, {ago}"),
    "no_contact": N_("no answer from the server yet"),
    "oldest": N_("oldest {at}, {ago}"),
    "unreachable": N_("No network. All is kept here and sent later by itself."),
    "portal": N_("Perhaps this network wants its own sign-in. All is kept here."),
    "server": N_("The server is busy. All is kept here and sent later."),
    "stuck": N_("The server takes nothing new. All is kept; tell the organiser."),
    "too_large": N_("One entry is too large. It is kept here; tell the organiser."),
    "forbidden": N_("The server does not let this tablet write. Everything is kept here; tell the organiser."),
    "store": N_("The tablet's store is full or broken. Do not clear the browser; call the organiser now."),
    "revoked": N_(
        "The organiser signed this tablet off. What is unsent stays here: call the organiser to enrol it again."
    ),
    "closed": N_(
        "This market day has been over for a week, so the server takes nothing more of it by network. All facts are "
        "still on this tablet: hand over what is unsent."
    ),
    "sealed": N_("{n} unsent facts are sealed on this tablet: only the organiser can read them."),
    "stranger": N_(
        "The server was asked twice and does not know this tablet's sign-in. Everything is kept here. "
        "Try again first; if that does not help, the organiser enrols it again at the same booth."
    ),
    "denied": N_(
        "Something between this tablet and the server lets nothing through, perhaps the network's sign-in page. "
        "Everything is kept here and sent later; if it stays so, call the organiser."
    ),
    "too_old": N_(
        "This page is too old for the server. "
        "Everything is kept here; load it again with network, or call the organiser."
    ),
    "copied": N_(
        "Alarm: the server knows other facts under this tablet's name. "
        "Stop, keep the tablet, and call the organiser at once."
    ),
    "call": N_("Organiser: {phone}"),
    "clock": N_("The tablet's clock is {n} minutes off. Please set it."),
    "over": N_("The market closed at {at}."),
    "lost": N_("{n} facts, made from {at} on, were lost with this tablet's store. Please tell the organiser."),
    "lost_undated": N_("{n} facts were lost with this tablet's store. Please tell the organiser."),
    "doubt": N_("{n} facts are no longer on this tablet. Whether the server has them shows at the next contact."),
}

LOSS = {  # a store that is gone: what is known of it, and what cures it
    "wait": N_(
        "Tablet {tablet}, booth {booth}: of {of} unsent facts, {n} have a second copy here. "
        "They come back by themselves once there is network."
    ),
    "enrol": N_(
        "Tablet {tablet}, booth {booth}: of {of} unsent facts, {n} have a second copy here. "
        "They come back once the organiser enrols this tablet again at the same booth."
    ),
}

CODES = {
    "foreign": N_("This is not one of our passes. Ask for the pass, or register the person."),
    "check_digit": N_("One digit is wrong. Please compare it with the pass."),
    "length": N_("A pass number has 10 digits."),
    "vacancy_code": N_("This is a vacancy's number, not a pass. The candidate scans that one with their phone."),
    "booth_code": N_("This is a booth's poster, not a pass. The candidate scans that one with their phone."),
    "market_day_code": N_("This is the market day's poster, not a pass."),
    "enrolment_code": N_("This is a tablet's enrolment code, not a pass."),
}

NUMBER = {  # what the keypad says before a number is whole
    "hint": N_("Pass number: the last 4 digits are enough."),
    "unknown": N_("No pass known here ends like that. Type all ten digits."),
}

SCANNED = {  # before anything is recorded; afterwards the reason's own sentence stands there
    "pass_unknown": N_("No pass with this number was handed out today. Please compare it; what you record is marked."),
    "pass_forged": N_("This pass was not made by us. Please ask for the name; what you record is marked."),
    "pass_key_revoked": N_("This pass is no longer valid; its holder did nothing wrong. "
                           "Please ask for the name; what you record is marked."),
    "pass_expired": N_("This pass has run out. Please ask for the name; what you record is marked."),
    "pass_other_day": N_("This pass is from another market day. What you record is marked."),
    "pass_void": reason.ATTENTION["pass_void"],
    "shown": N_("Scanned just now: this person is on the screen."),
}

GIVING = {  # a pass is held up to be given to somebody
    "taken": N_("This is {name}'s pass. Please take another one."),
    "own": N_("They carry this pass already."),
    "void": N_("Void from now on: {passes}"),
    "unfit": N_("This pass does not hold today. Please take another one."),
    "used": N_("Somebody without a name used this pass here today. Is it this person's?"),
    "phone": N_("This is a phone's pass, and its owner is registered by phone. Is it this person's own phone?"),
    "unknown": N_("No pass with this number was handed out today. Please compare it. Is it this person's?"),
}

FORM = {
    "name_missing": N_("Please write a name."),
    "name_long": N_("This name is too long: 40 letters at most."),
    "birth_year_missing": N_("Please write the birth year."),
    "birth_year_wrong": N_("This is no birth year. Four digits, for example 1975."),
    "birth_year_old": N_("That would be more than 100 years ago. Please look again."),
    "under_16": N_("Under 16, nobody may be introduced to work."),
    "turning_16": N_("Please answer: has this person turned 16?"),
    "phone_wrong": N_("This is not a phone number. Digits only; it may stay empty."),
    "phone_unusual": N_("A mobile number has 11 digits. If it is right, save once more."),
    "text_long": N_("This is too long: 60 letters at most."),
    "groups_consent_missing": N_("Please read the words to the person first; without their yes it is not noted."),
    "notice_missing": N_("Please read the notice to the person first."),
}

PAY = {
    "month": N_("{pay} yuan a month"),
    "day": N_("{pay} yuan a day"),
    "hour": N_("{pay} yuan an hour"),
    "piece": N_("{pay} yuan a piece"),
    "open": N_("Pay by agreement"),
}

REST = {
    "row.coming": N_("By phone, not here yet"),
    "ago.now": N_("just now"),
    "ago.minutes": N_("{n} min ago"),
    "ago.hours": N_("{n} h ago"),
    "person.unmet": N_("First time at this booth"),
    "person.nameless": N_("Pass without a name so far"),
    "person.born": N_("born {year}"),
    "vacancy.open": N_("Open"),
    "vacancy.full": N_("Full"),
    "vacancy.over": N_("Full, {n} over"),
    "vacancy.closed": N_("Closed"),
    "vacancy.ended": N_("Its day is over"),
    "vacancy.left": N_("{n} of {of} places left"),
    "vacancy.fitting": N_("{n} at the market would fit"),
    "vacancy.adults_only": N_("Not for 16 and 17 year-olds"),
    "tally.undo": N_("Take one back: {topic}"),
    "receipt.new": N_("Recorded"),
    "receipt.again": N_("Already recorded"),
    "receipt.attention": N_("Recorded, please look"),
    "receipt.undone": N_("Undone"),
    "receipt.failed": N_("Not recorded!"),
    "receipt.failed.help": N_(
        "This tablet could not keep it. Tap again; if that fails, write it on paper and call the organiser."
    ),
    "where.local": N_("Only on this tablet"),
    "where.sent": N_("Sent"),
    "where.confirmed": N_("Confirmed"),
    "outcome.refused": N_("Refused"),
    "outcome.waiting": N_("Waits for the organiser"),
    "outcome.attention": N_("Needs attention"),
    "pin.wrong": N_("This PIN is wrong."),
    "pin.short": N_("A PIN is 4 to 6 digits."),
    "pin.weak": N_("That one is guessed at once: no 1234, no 0000, no digits in turn. Think of another."),
    "pin.differs": N_("The two were not the same. Once more from the beginning."),
    "pin.wait": N_("Too many wrong PINs. Wait {n} seconds."),
}


def sentences() -> dict[str, str]:
    """Return every sentence by its code, prefixed by what it is about."""
    groups = {"line": LINE, "code": CODES, "give": GIVING, "scanned": SCANNED, "number": NUMBER, "pay": PAY}
    groups["kind"] = code_list.FACTS
    groups |= {"tally": code_list.TALLY_TOPICS, "stage": code_list.STAGES | code_list.EXITS}
    groups |= {"reason": reason.SENTENCES, "settled": code_list.SETTLED, "loss": LOSS}
    named = {f"{group}.{code}": text for group, texts in groups.items() for code, text in texts.items()}
    return named | REST
