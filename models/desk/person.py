"""A person as the office sees them: all registrations that are one, their passes, where they were, what came of it.

A town clerk sees of a person what was recorded on the market days of the clerk's towns, and nothing else.
"""

from dataclasses import dataclass, field
from typing import Any

from models.base.database import fetch, fetch_in
from models.derived.person import is_pass, persons_of
from models.desk.search import Towns
from models.market.county import County
from models.market.division import Division
from models.market.market_day import MarketDay
from models.people.candidate import Candidate
from models.people.candidate_pass import known_passes


@dataclass
class Person:
    """Somebody of a county. ``registrations`` are in the order in which they were made; a pass alone has none."""

    id: str
    county: County
    towns: Towns
    registrations: list[Candidate] = field(default_factory=list)
    passes: list[str] = field(default_factory=list)

    @classmethod
    def find(cls, county: County, node: str, towns: Towns) -> "Person | None":
        """Return the person whom a candidate's id or a pass stands for, if the asker sees anything of them."""
        person = cls(persons_of([node])[node], county, towns)
        person.registrations = person._registrations()
        person.passes = person._passes()
        return person if person.registrations or person.passes else None

    @property
    def name(self) -> str:
        """The name as it was written last; empty for a pass alone."""
        return self.registrations[-1].name if self.registrations else ""

    def homes(self) -> dict[str, str]:
        """Return what the codes of home towns that were chosen from a list are called."""
        codes = {one.home_division for one in self.registrations if one.home_division}
        return dict(fetch_in("SELECT code, name FROM division WHERE code IN (??)", codes))

    def groups(self) -> list[str]:
        """Return the codes of the key groups that stand at any registration, each once."""
        return list(dict.fromkeys(code for one in self.registrations for code in one.groups))

    @property
    def nodes(self) -> list[str]:
        """What facts about them name: the registrations that the asker sees, and the passes."""
        return [*(str(one.id) for one in self.registrations), *self.passes]

    def named_in_log(self) -> dict[str, str]:
        """Return how an entry of the audit log names them: never by their name, which is to be forgotten some day."""
        return {"thing": "person", "thing_id": self.id, "name": ""}

    def phones(self) -> list[tuple[str, str]]:
        """Return the phone numbers, each with whose it is, the newest first. Show them for a purpose only."""
        said = {one.phone: one.phone_owner or "" for one in self.registrations if one.phone}
        return list(said.items())[::-1]

    @property
    def has_phone(self) -> bool:
        """Say whether a phone number is known."""
        return any(one.phone for one in self.registrations)

    def sees(self, town: str) -> bool:
        """Say whether the asker sees what was recorded in a town."""
        return self.towns is None or town in self.towns

    def _registrations(self) -> list[Candidate]:
        mine = Candidate.select(Candidate, MarketDay, Division).join(MarketDay).join(Division)
        in_order = mine.where(Candidate.person == self.id).order_by(Candidate.registered_at, Candidate.id)
        return [one for one in in_order if one.county_id == self.county.id and self.sees(one.market_day.town_id)]

    def _passes(self) -> list[str]:
        """Return their passes; of a pass that nobody was registered with, itself if the asker sees its market day."""
        rows = fetch_in(
            "SELECT DISTINCT pass_number FROM pass_binding WHERE stands AND candidate IN (??)",
            [one.id for one in self.registrations],
        )
        alone = [self.id] if is_pass(self.id) and self.id.isdigit() and self._is_ours(self.id) else []
        return sorted({number for (number,) in rows} | set(alone))

    def _is_ours(self, number: str) -> bool:
        days = known_passes({number}).values()
        rows: list[tuple[Any, ...]] = fetch_in("SELECT county_id, town_id FROM market_day WHERE id IN (??)", days)
        is_known = bool(fetch("SELECT 1 FROM operation WHERE subject = ? LIMIT 1", (number,)))
        return is_known and any(county == self.county.id and self.sees(town) for county, town in rows)
