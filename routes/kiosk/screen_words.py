"""Sentences of the screens that come later: the check that opens a booth, its end, hand-overs, 找人."""

from models.vocabulary.code_list import FACTS, N_, PLACES, REFERRAL_OUTCOMES, REFERRAL_TOPICS, SEXES
from models.vocabulary.matching import GROUNDS
from models.vocabulary.programme import PROGRAMMES, SIGN_UP_OUTCOMES
from models.vocabulary.survey import AT_A_DOOR, INTENTIONS
from models.vocabulary.trade import TRADES
from routes.kiosk.words import FORM

GATE = {
    "place": N_("Tablet {tablet}, booth {number} {name} · {town} {date}"),
    "unassigned": N_("No booth is assigned to this tablet for the next market day."),
    "elsewhere": N_("This tablet is to go to booth {number}, {town}, {date}: by itself, where there is network."),
    "other_day": N_("This is the booth of {date}, not of today. Go where there is network and check again."),
    "well": N_("Good"),
    "look": N_("Please look"),
    "unknown": N_("Not known yet"),
    "not_well": N_("Not well: {things}. The booth may open all the same."),
    "installed": N_("Home screen"),
    "installed.well": N_("Opened like an app."),
    "installed.look": N_("Opened in the browser. Choose “Add to home screen” in its menu ⋮ and open it from there."),
    "offline": N_("Without network"),
    "offline.well": N_("The booth's pages are kept on this tablet."),
    "offline.look": N_("Its pages are not kept here. Load this page once more where there is network."),
    "offline.unknown": N_("Its pages are being kept. Stay where there is network for a minute."),
    "storage": N_("Storage"),
    "storage.well": N_("The browser promised not to clean them up."),
    "storage.look": N_("The browser promises nothing. Put the page on the home screen, and clean up no browser data."),
    "storage.unknown": N_("This browser does not say."),
    "space": N_("Free space"),
    "space.well": N_("{space} free."),
    "space.look": N_("Only {space} free. Delete films, photos or programs nobody needs."),
    "space.unknown": N_("This browser does not say."),
    "clock": N_("Clock"),
    "clock.well": N_("The same as the server's: {here}."),
    "clock.look": N_("This tablet says {here}, the server {there}. Set it in the tablet's settings."),
    "clock.unknown": N_("Without network it cannot be compared. Look at a watch: this tablet says {here}."),
    "zone": N_("Time zone"),
    "zone.look": N_(
        "This tablet is set to {own}, the market is at {zone}. Set it in the tablet's settings, under date and time. "
        "The times shown here are the market's all the same."
    ),
    "snapshot": N_("Vacancies of today"),
    "snapshot.well": N_("The server answered at {contact}, {ago}."),
    "snapshot.look": N_("The last news came {ago}. Go where there is network and check again."),
    "snapshot.unknown": N_("The server has not answered yet."),
    "camera": N_("Camera"),
    "camera.well": N_("This is what it sees."),
    "camera.look": N_("No picture. Allow the camera in the browser's settings; numbers can be typed meanwhile."),
    "camera.unknown": N_("Waiting for its first picture. Allow it if the browser asks."),
    "sound": N_("Sound"),
    "sound.well": N_("Three signals were played: new, again, please look. Too soft? Turn the volume up."),
    "sound.look": N_("The browser plays nothing. Turn the volume up and try again."),
    "sound.unknown": N_("Tap “Play” and listen for three signals."),
    "battery": N_("Battery"),
    "battery.well": N_("{percent} left."),
    "battery.look": N_("{percent} left and no plug. Put it on a power bank."),
    "operator": N_("Operator"),
    "operator.well": N_("{operator} is signed in."),
    "operator.look": N_("Nobody is signed in: names of people stay hidden."),
}

CLOSING = {
    "all": N_("All {n} facts are with the server"),
    "some": N_("{n} facts are only on this tablet"),
    "none": N_("No facts were made on this tablet"),
    "carried": N_(
        "{n} hand-overs of other tablets are kept here and not delivered yet. Take them to where there is network."
    ),
    "closed": N_("The booth was closed at {at}."),
    "hired": N_("{n} hired of {of} places"),
    "over": N_("{n} hired of {of} places, {more} more than asked"),
}

AGREED = {
    "end": N_("phone ··· {end}"),
    "sealed": N_("phone in the office only"),
    "no_phone": N_("no phone"),
    "left": N_("Hidden again in {n} seconds"),
}

RECEIVING = {
    "kept": N_("{n} facts of tablet {tablet} are kept here and will be delivered."),
    "failed": N_("They could not be kept on this tablet. Use another one, or the file."),
}

# The market to practise at (static/js/practice/market.js).
PRACTICE_WORDS = {
    "practice.town": N_("Practice"),
    "practice.booth": N_("Practice booth"),
    "practice.candidate": N_("Mrs Chen"),
    "practice.walk_in": N_("Mr Luo"),
    **{f"practice.{trade}": TRADES[trade] for trade in ("cook", "cleaner", "welder", "waiter")},
}

STAGE = {
    "no_show": N_("Did not come"),
    "over": N_("Recorded. That is {n} more than the employer asked for: please ask whether they take them."),
    "unnamed": N_("Without a name so far: please register this person now, else nobody can call them."),
}

FIND = {
    "name": N_("Name"),
    "birth_year": N_("Born"),
    "phone": N_("Phone"),
    "phone_end": N_("··· {end}; the whole number is in the office only"),
    "sex": N_("Sex"),
    "female": SEXES["female"],
    "male": SEXES["male"],
    "home_division": N_("Home"),
    "pass_void": N_("void: lost"),
    "pass_phone": N_("on the phone"),
    "pass_card": N_("card"),
    "given": N_("agreed"),
    "withdrawn": N_("withdrawn"),
}

REGISTRATION = {
    "registration.nobody_yet": N_("somebody without a name yet"),
    "registration.and_registered": N_("and registered"),
    **{f"trade.{code}": text for code, text in TRADES.items()},
    **{f"fit.{code}": text for code, text in (GROUNDS | PLACES).items()},
    "referral.made": N_("sent on"),
    **{f"referral.{code}": text for code, text in (REFERRAL_TOPICS | REFERRAL_OUTCOMES).items()},
}

DOOR = {
    "progress": N_("{n} of {of} done"),
    "over": N_("The survey ended on {date}: nobody is asked any more. What was answered is kept."),
    "sent": N_("All answers are with the server."),
    "unsent": N_("{n} entries are only on this tablet. They are sent by themselves where there is network."),
    "open": N_("Still to ask"),
    "again": N_("Go there again"),
    "recorded": N_("recorded {at}"),
    "month": N_("{n}/{year}"),
    "elsewhere.answered": N_("Answered in another way"),
    "elsewhere.ended": N_("Wants no more calls"),
    **{f"said.{code}": text for code, text in (INTENTIONS | AT_A_DOOR).items()},
}

SIGNING = {
    "left": N_("{n} of {of} seats left"),
    "full": N_("All {of} seats are taken: {n} wait"),
    **{f"kind.{code}": text for code, text in PROGRAMMES.items()},
    **{f"step.{code}": text for code, text in SIGN_UP_OUTCOMES.items()},
    "step.made": FACTS["sign_up.made"],
    "step.withdrawn": FACTS["sign_up.withdrawn"],
}

SENTENCES = {
    "signing": SIGNING, "door": DOOR, "gate": GATE, "closing": CLOSING, "receiving": RECEIVING, "find": FIND,
    "agreed": AGREED, "stage": STAGE,
}  # fmt: skip


def sentences_of(screen: str) -> dict[str, str]:
    """Return the sentences of one screen by their codes, prefixed by its name; the form's by "form"."""
    if screen == "registration":
        return {f"form.{code}": text for code, text in FORM.items()} | REGISTRATION
    return {f"{screen}.{code}": text for code, text in SENTENCES.get(screen, {}).items()}
