"""Checklists: what has to be ready before a market day, and which of it is usual at which kind of venue.

The plan, the safety plan, the emergency plan, checked employers and publication in advance are what the law asks of an
event on site (Provisional Regulations on Human Resources Markets, 28).
"""

from models.vocabulary.code_list import N_

CHECKLIST = {
    "plan": N_("Plan of the event"),
    "safety_plan": N_("Safety plan"),
    "emergency_plan": N_("Emergency plan: who calls whom, where people go"),
    "employers_checked": N_("Papers and notices of the employers checked"),
    "announced": N_("Announced in advance"),
    "police": N_("Police and fire brigade informed"),
    "site": N_("Site agreed with its manager"),
    "power": N_("Power: sockets, cables, a spare"),
    "network": N_("Network: SIM cards, hotspot, whom to call"),
    "tablets": N_("Tablets charged, power banks"),
    "tables": N_("Tables, chairs, name boards"),
    "posters": N_("Posters printed and hung"),
    "passes": N_("Paper passes, pens, forms"),
    "leaflets": N_("Leaflets and policy papers"),
    "loudspeaker": N_("Loudspeaker and its list"),
    "rain": N_("Tents or a roof against rain and sun"),
    "lights": N_("Lights for booths and ways"),
    "first_aid": N_("First-aid box, drinking water"),
    "queue": N_("Ways in and out, queues, fire exits"),
    "vehicle": N_("Vehicle, fuel, driver"),
    "route": N_("Villages on the route informed"),
    "stream": N_("Stream tried: account, camera, sound"),
    "presenter": N_("Presenter, and somebody who answers questions"),
    "clearing": N_("Clearing up and bringing back"),
}
_PAPERS = ("plan", "safety_plan", "emergency_plan", "employers_checked", "announced")
_DEVICES = ("power", "network", "tablets")
_PAPER = ("posters", "passes", "leaflets")
_INDOORS = (*_PAPERS, "site", *_DEVICES, "tables", *_PAPER, "first_aid", "queue", "clearing")
_OUTDOORS = (*_PAPERS, "site", *_DEVICES, "tables", *_PAPER, "loudspeaker", "rain", "first_aid", "clearing")
_LARGE = (
    *_PAPERS, "police", "site", *_DEVICES, "tables", *_PAPER, "loudspeaker", "rain", "first_aid", "queue", "clearing",
)  # fmt: skip
USUAL_AT = {
    "MARKET_TOWN": _OUTDOORS,
    "HR_MARKET": _INDOORS,
    "GIG": _INDOORS,
    "NIGHT": (*_PAPERS, "site", *_DEVICES, "lights", "tables", *_PAPER, "loudspeaker", "rain", "first_aid", "clearing"),
    "CBD": _LARGE,
    "PARK": _LARGE,
    "COMMUNITY": _OUTDOORS,
    "HUB": _LARGE,
    "CARAVAN": (
        *_PAPERS, "vehicle", "route", *_DEVICES, "tables", *_PAPER, "loudspeaker", "rain", "first_aid", "clearing",
    ),
    "ONLINE": ("plan", "emergency_plan", "employers_checked", "announced", "power", "network", "stream", "presenter"),
}  # fmt: skip
