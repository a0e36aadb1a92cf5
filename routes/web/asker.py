"""The asker: who asks, of which county and towns, and what their role sees and changes."""

from functools import cache
from typing import Protocol

from flask import current_app, g, url_for
from flask_babel import gettext as _
from flask_login import current_user
from htmx_flask import request
from werkzeug.routing import Map

from models.base.clock import utcnow
from models.market.audit import AuditEntry
from models.market.clerk_town import ClerkTown
from models.market.county import County
from models.market.organiser import CLERK
from models.market.second_factor import SecondFactor
from models.vocabulary.code_list import ROLES
from routes.web import rights

DAY = "market_day_id"  # what an address calls a market day

def county() -> County:
    """Return the county of the signed-in person or of the token."""
    return g.token.county if "token" in g else current_user.county


def towns() -> frozenset[str] | None:
    """Return the codes of the towns whose market days a town clerk sees; None for whom all of the county are there."""
    if "token" in g or current_user.role != CLERK:
        return None
    if "clerk_towns" not in g:
        g.clerk_towns = ClerkTown.codes_of(current_user)
    return g.clerk_towns


def is_own_town(code: str) -> bool:
    """Say whether the asker may plan and see market days of a town of the county."""
    own = towns()
    return own is None or code in own


def who() -> str:
    """Return a name for the audit log: of the account, the token, the tablet or the employer's link that asks."""
    if "employer_link" in g:
        return str(g.employer_link.noted_as_actor())
    if "token" in g:
        return f"token:{g.token.name}"
    if "tablet" in g:
        return f"tablet:{g.tablet.letter}"
    if current_user.is_authenticated:
        return str(current_user.login)
    return "first run" if "first_run" in g else "nobody"


def may_see(endpoint: str) -> bool:
    """Say whether the signed-in person has anything to see at a page of the office, as this request's address is."""
    return bool(current_user.is_authenticated) and rights.sees(current_user.role, endpoint, _is_of_a_day(endpoint))


def may_change(resource: str) -> bool:
    """Say whether the signed-in person may change a resource, a blueprint's name, as this request's address is."""
    return bool(current_user.is_authenticated) and rights.changes(current_user.role, resource, _is_of_a_day(resource))


def may_open_phones() -> bool:
    """Say whether the signed-in person may open phones of people, for a purpose that is written down."""
    return bool(current_user.is_authenticated) and rights.opens_phones(current_user.role)


def lacks_factor() -> bool:
    """Say whether the signed-in person's county, or the city's setting, wants a second factor that they lack yet."""
    of = current_user.county
    required = of.requires_second_factor if of else current_app.config["CITY_SECOND_FACTOR"]
    return bool(required) and SecondFactor.of(current_user) is None


def _is_of_a_day(name: str) -> bool:
    """Say whether this request is of a market day, and so is an endpoint or a blueprint that its page may lead to."""
    return DAY in (request.view_args or {}) and name in _parts_of_days(current_app.url_map)


@cache
def _parts_of_days(rules: Map) -> frozenset[str]:
    """Return the endpoints whose addresses name a market day, and the blueprints that have any such."""
    endpoints = {rule.endpoint for rule in rules.iter_rules() if DAY in rule.arguments}
    return frozenset(endpoints | {endpoint.rpartition(".")[0] for endpoint in endpoints})


class Named(Protocol):
    """What an entry of the audit log can be about: a row of the set-up, or a person."""

    def named_in_log(self) -> dict[str, str]: ...


def audit(action: str, what: str = "", rows: int | None = None, why: str = "", about: Named | None = None) -> None:
    """Note who did what, to which thing of the set-up and why, for three years."""
    of = next((g.get(way).county_id for way in ("employer_link", "token") if way in g), None) or current_user.county_id
    thing = about.named_in_log() if about else {}
    AuditEntry.create(county=of, at=utcnow(), who=who(), action=action, what=what, rows=rows, why=why, **thing)


def note_reading(what: str, rows: int, about: Named, why: str = "") -> None:
    """Note that names or phones of ``rows`` people were shown: in which place of which thing's pages, and what for."""
    if rows:
        audit(AuditEntry.READ, what, rows, why, about)


def home() -> str:
    """Return where the signed-in person begins: the market days, or for the city the totals."""
    return url_for("city_totals.show" if rights.is_of_the_city(current_user.role) else "market_days.index")


def of_the_reader() -> dict[str, object]:
    """Return what templates ask about who reads them: ``county_name``, ``sees``, ``may`` and so on."""
    may_write = may_change(request.blueprint or "")
    return {
        "county_name": _county_name(), "sees": may_see, "may": may_change, "may_write": may_write, "role_words": ROLES,
    }  # fmt: skip


def _county_name() -> str:
    """Return the name at the head of a page: the reader's county, or for a stranger the only one there is."""
    if "without_database" in g:
        return "赶场"
    if "county_name" not in g:
        g.county_name = _name_at_the_head()
    return g.county_name


def _name_at_the_head() -> str:
    if current_user.is_authenticated and current_user.county_id is None:
        return _("All counties of the city")
    first = current_user.county if current_user.is_authenticated else County.only()
    return first.service_name or first.name if first else "赶场"
