"""Shapes of the figures as ``summary.json`` sends them (docs/protocol.md)."""

from typing import TypedDict


class DayShape(TypedDict):
    """Which market day, as the head of a sheet says it; ``date`` is ISO 8601, the hours are local, HH:MM.

    ``cancelled`` is why it was not held, empty of one that was. ``postponed_from`` is the date (ISO 8601) from which it
    was put off, ``postponed`` why; both are empty of one that was not. ``afterwards``: entered when its date was past.
    ``employers_online`` and ``viewers`` are entered by hand and are in no other figure.
    """

    id: int
    date: str
    town: str
    place: str
    venue: str
    opens_at: str
    closes_at: str
    office: str
    campaign: str
    theme: str
    cancelled: str
    postponed_from: str
    postponed: str
    afterwards: bool
    event_type: str
    event_class: str
    level: str
    hosts: str
    co_organisers: str
    employers_online: int | None
    viewers: int | None


class StopShape(TypedDict):
    """Where a caravan stands; the hours are local, HH:MM."""

    stop: int
    place: str
    starts_at: str
    ends_at: str


class TabletShape(TypedDict):
    """How far one tablet's log is known; ``last_contact`` is ISO 8601 in the county's time.

    ``written_off`` is the reason for which an organiser expects nothing more of it, empty while something is expected.
    """

    tablet: str
    booth: int
    acknowledged: int
    unsent: int | None
    lost: int
    complete: bool
    written_off: str
    last_contact: str | None


class BoothShape(TypedDict):
    """What one booth counted; ``persons`` have a name or a pass, ``visits`` also count those with neither."""

    booth: int
    name: str
    persons: int
    visits: int
    check_ins: int


class VacancyShape(TypedDict):
    """What one vacancy offered, and how many check-ins have reached a stage."""

    number: str
    title: str
    booth: int
    openings: int
    check_ins: int
    agreed: int
    hired: int


class HourShape(TypedDict):
    """What one hour of the county's clock counted."""

    hour: int
    visits: int
    check_ins: int


class TradeShape(TypedDict):
    """Places and seekers of one trade; ``ratio`` is places a seeker, None without one."""

    trade: str
    places: int
    seekers: int
    ratio: float | None


class Completeness(TypedDict):
    """How complete the figures are; ``as_of`` is ISO 8601 in the county's time."""

    as_of: str
    complete: bool
    tablets: list[TabletShape]
    booths_without_tablet: list[int]


class Counted(TypedDict):
    """What was counted from check-ins, visits and tallies.

    ``nameless`` are the visits of people of whom no name is known. ``reached`` counts check-ins, ``persons_reached``
    the people among them.
    """

    persons: int
    visits: int
    nameless: int
    signed_up: int
    registered: int
    check_ins: int
    persons_checked_in: int
    reached: dict[str, int]
    persons_reached: dict[str, int]
    booths: list[BoothShape]
    vacancies: list[VacancyShape]
    hours: list[HourShape]
    tallies: dict[str, int]


class Referred(TypedDict):
    """Distinct persons by topic: sent on, and of those whom a desk said to have taken it up, by its last word."""

    referred: dict[str, int]
    taken_up: dict[str, int]


class Waiting(TypedDict):
    """How many facts wait for a person, and how many one has decided about."""

    attention: int
    waiting: int
    refused: int
    settled: int


class Offered(TypedDict):
    """What the booths offered."""

    employers_on_site: int
    vacancy_kinds: int
    openings: int


class Headlines(Completeness, Counted, Referred, Waiting, Offered):
    """The figures that need not know who the people were."""

    market_day: DayShape
    stops: list[StopShape]
    version: int | None  # None: the day is open, the figures are those of this moment


class Breakdowns(TypedDict):
    """The figures that need to know who the people were. ``groups`` has a key for each of ``FACTS`` besides.

    ``places`` and ``migrant_places`` count people by where they were hired for, ``provinces`` those hired outside.
    """

    places: dict[str, int]
    migrant_places: dict[str, int]
    provinces: dict[str, int]
    local_share: float | None
    trades: list[TradeShape]
    groups: list[dict]


class Figures(Headlines, Breakdowns):
    """All figures of a market day."""
