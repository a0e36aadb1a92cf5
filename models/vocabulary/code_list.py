"""Words: the code lists that people see, each code with its English sentence to translate."""


def N_(text: str) -> str:
    """Return ``text``, marked for translation: models know no language, templates say `_()`."""
    return text


SEXES = {"female": N_("Woman"), "male": N_("Man")}

EDUCATION = {
    "none": N_("No schooling"),
    "primary": N_("Primary school"),
    "junior_middle": N_("Junior middle school"),
    "senior_middle": N_("Senior middle school"),
    "secondary_vocational": N_("Vocational secondary school"),
    "higher_vocational": N_("Higher vocational school"),
    "college": N_("College"),
    "bachelor": N_("Bachelor's degree"),
    "postgraduate": N_("Postgraduate"),
}

# From near to far: where somebody wants to work, where a vacancy is, where somebody was placed.
PLACES = {
    "town": N_("This town"),
    "county": N_("This county"),
    "city": N_("Elsewhere in Chongqing"),
    "outside": N_("Outside Chongqing"),
}

WORK_KINDS = {
    "full_time": N_("Full time"),
    "part_time": N_("Part time"),
    "day": N_("Day work"),
}
# What a vacancy may be, and nobody asks for: who may have such a post is laid down.
VACANCY_KINDS = WORK_KINDS | {"welfare": N_("Public-welfare post")}

SHIFTS = {
    "day": N_("Day shift"),
    "night": N_("Night shift"),
    "rotating": N_("Rotating shifts"),
    "flexible": N_("Flexible hours"),
}

# Whom a vacancy suits as well; never whom it is for only.
SUITS = {
    "older": N_("People over 50"),
    "disabled": N_("Disabled people"),
    "returning_women": N_("Women returning to work"),
}

# Where a vacancy comes from, by region and by who handed it in.
ORIGINS = {
    "local": N_("This city"),
    "sichuan": N_("Sichuan"),
    "shandong": N_("Shandong"),
    "other": N_("Another province"),
}

SOURCES = {
    "direct": N_("The employer itself"),
    "agency": N_("A labour agency"),
    "partner": N_("A partner service"),
    "repost": N_("Reposted from elsewhere"),
}

# Sections of GB/T 4754-2017.
INDUSTRIES = {
    "A": N_("Farming, forestry, animals and fishing"),
    "B": N_("Mining"),
    "C": N_("Manufacturing"),
    "D": N_("Electricity, heat, gas and water"),
    "E": N_("Construction"),
    "F": N_("Wholesale and retail"),
    "G": N_("Transport, storage and post"),
    "H": N_("Hotels and catering"),
    "I": N_("Information technology"),
    "J": N_("Finance"),
    "K": N_("Real estate"),
    "L": N_("Leasing and business services"),
    "M": N_("Research and technical services"),
    "N": N_("Water, environment and public facilities"),
    "O": N_("Household services and repairs"),
    "P": N_("Education"),
    "Q": N_("Health and social work"),
    "R": N_("Culture, sports and entertainment"),
    "S": N_("Public administration and social organisations"),
    "T": N_("International organisations"),
}

REGISTERED_BY = {
    "self": N_("Registered in person"),
    "operator": N_("Registered by the operator"),
    "relative": N_("Registered by a relative"),
}

# In rank order: a check-in stands at one of these and has reached those before it.
STAGES = {
    "interested": N_("Interested"),
    "introduced": N_("Introduced"),
    "interviewed": N_("Interviewed"),
    "agreed": N_("Agreed"),
    "hired": N_("Hired on site"),
    "started": N_("Started work"),
}

EXITS = {"declined": N_("Declined"), "withdrawn": N_("Withdrawn")}

# What an account of the office may see and change.
ROLES = {
    "organiser": N_("County organiser"),
    "clerk": N_("Town clerk"),
    "reviewer": N_("Reviewer of vacancies"),
    "reader": N_("Reader"),
    "city": N_("City"),
}

EMPLOYER_KINDS = {
    "enterprise": N_("Enterprise"),
    "individual": N_("Individual business"),
    "agency": N_("Labour agency"),
    "household": N_("Household"),
    "village": N_("Village"),
}

# What an employer shows before it looks for people (人力资源市场暂行条例 26).
PAPERS = {
    "notice": N_("Recruitment notice"),
    "licence": N_("Business licence"),
    "identity": N_("Identity card of the person in charge"),
    "authorisation": N_("Letter of authorisation"),
}

PAY_UNITS = {
    "month": N_("a month"),
    "day": N_("a day"),
    "hour": N_("an hour"),
    "piece": N_("a piece"),
}

TALLY_TOPICS = {
    "visitor": N_("Visitor"),
    "leaflet": N_("Leaflet handed out"),
    "policy": N_("Policy explained"),
    "wages_owed": N_("Wages owed"),
    "contract": N_("Labour contract"),
    "injury": N_("Work injury"),
    "insurance": N_("Social insurance"),
    "rights_other": N_("Other rights question"),
    "training": N_("Skills training"),
    "business_start": N_("Starting a business"),
    "welfare_post": N_("Public-welfare post"),
    "transport": N_("Organised transport"),
}

# What people come to a desk to ask about.
ADVICE_TOPICS = {code: words for code, words in TALLY_TOPICS.items() if code not in ("visitor", "leaflet")}

# What a fact is, as its kind says.
FACTS = {
    "candidate.registered": N_("Registered"),
    "candidate.amended": N_("Entry changed"),
    "candidate.withdrawn": N_("Registration taken back"),
    "candidate.restored": N_("Registration restored"),
    "pass.bound": N_("Pass given"),
    "pass.voided": N_("Pass void"),
    "visit.recorded": N_("Came by"),
    "visit.withdrawn": N_("Visit taken back"),
    "check_in.recorded": N_("Check-in"),
    "check_in.progressed": N_("Stage moved"),
    "check_in.withdrawn": N_("Check-in undone"),
    "calling.made": N_("Called by number"),
    "calling.ended": N_("Call ended"),
    "consent.given": N_("Consent"),
    "consent.withdrawn": N_("Consent withdrawn"),
    "tally.counted": N_("Counted"),
    "vacancy.filled": N_("Vacancy closed"),
    "vacancy.reopened": N_("Vacancy opened again"),
    "referral.made": N_("Referral"),
    "referral.progressed": N_("Outcome of a referral"),
    "referral.withdrawn": N_("Referral undone"),
    "sign_up.made": N_("Signed up"),
    "sign_up.progressed": N_("Outcome of a sign-up"),
    "sign_up.withdrawn": N_("Sign-up taken back"),
    "survey.answered": N_("Survey answered"),
    "survey.attempted": N_("Survey: no answer"),
    "survey.withdrawn": N_("Survey: taken back"),
    "contact.attempted": N_("Asked after the day"),
    "contact.withdrawn": N_("Asked after the day: undone"),
    "helper.assigned": N_("Helper assigned"),
    "assistance.given": N_("Help given"),
    "assistance.withdrawn": N_("Help given: undone"),
    "person.joined": N_("Said to be one person"),
    "person.parted": N_("Said to be two people"),
    "group.seen": N_("Key group checked"),
}

# Where a desk sends somebody on to, and what becomes of it there.
REFERRAL_TOPICS = {
    "training": N_("Skills training"),
    "business_start": N_("Starting a business"),
    "welfare_post": N_("Public-welfare post"),
    "legal_aid": N_("Legal aid"),
    "other": N_("Another desk"),
}
REFERRAL_OUTCOMES = {
    "taken_up": N_("Taken up"),
    "later": N_("Will come again"),
    "declined": N_("Declined"),
}

# What a person decided about a fact that was refused or needs attention.
SETTLED = {
    "accepted": N_("Accepted as it is"),
    "corrected": N_("Accepted as corrected"),
    "set_aside": N_("Set aside"),
}

# Key groups as the bureau's statistics name them; a person may be in several. Never on a pass or before an employer.
GROUPS = {
    "RUR": N_("Rural labourers"),
    "MIG": N_("Migrant workers"),
    "OLD": N_("Older migrant workers (50+)"),
    "UNE": N_("Registered unemployed"),
    "FLX": N_("Flexible workers"),
    "DIF": N_("People with employment difficulty"),
    "ZER": N_("Zero-employment households"),
    "LOW": N_("Minimum living allowance"),
    "POV": N_("People lifted out of poverty"),
    "MON": N_("Monitored against return to poverty"),
    "DIS": N_("Disabled people"),
    "FIS": N_("Fishers who left fishing"),
    "VET": N_("Veterans"),
    "GRA": N_("Graduates and jobless youth"),
    "CAP": N_("Laid off from closing plants"),
    "RES": N_("Three Gorges migrants"),
    "WOM": N_("Women returning to work"),
    "DST": N_("People hit by disaster"),
    "REL": N_("Released from prison"),
    "REH": N_("Recovering from drugs"),
}

# How it is known that somebody belongs to a key group.
EVIDENCE = {"said": N_("Said by themselves"), "shown": N_("Paper shown"), "verified": N_("Verified")}

# Their data are sensitive (个人信息保护法 28): kept only with a consent of their own (docs/protocol.md).
SENSITIVE_GROUPS = ("DIS", "REL", "REH")
# What a market's booth and a phone ask for: nobody is asked there about prison or drugs.
ASKED_GROUPS = {code: words for code, words in GROUPS.items() if code not in SENSITIVE_GROUPS}
ASKED_SENSITIVE_GROUPS = {"DIS": GROUPS["DIS"]}

# What somebody wants besides work; a desk of the day can help.
WISHES = {
    "training": N_("Skills training"),
    "business_start": N_("Starting a business"),
    "legal_aid": N_("Legal help"),
}

# Where somebody worked last: the provinces that most go to from here, the others together.
PROVINCES = {
    "chongqing": N_("Chongqing"),
    "guangdong": N_("Guangdong"),
    "zhejiang": N_("Zhejiang"),
    "jiangsu": N_("Jiangsu"),
    "fujian": N_("Fujian"),
    "shanghai": N_("Shanghai"),
    "sichuan": N_("Sichuan"),
    "guizhou": N_("Guizhou"),
    "yunnan": N_("Yunnan"),
    "shandong": N_("Shandong"),
    "beijing": N_("Beijing"),
    "other": N_("Another province"),
}

# The least that somebody wants a month, in fen.
PAY_BANDS = {
    "200000": N_("2,000 yuan"),
    "300000": N_("3,000 yuan"),
    "400000": N_("4,000 yuan"),
    "500000": N_("5,000 yuan"),
    "600000": N_("6,000 yuan"),
    "800000": N_("8,000 yuan"),
}

VENUES = {
    "MARKET_TOWN": N_("Town market"),
    "HR_MARKET": N_("Human-resources market"),
    "GIG": N_("Gig-labour station"),
    "NIGHT": N_("Night market"),
    "CBD": N_("Shopping district"),
    "PARK": N_("Industrial park"),
    "COMMUNITY": N_("Community"),
    "HUB": N_("Transport hub"),
    "CARAVAN": N_("Employment caravan"),
    "ONLINE": N_("Online"),
}
