"""The forms of accounts: whose they are, as what, of which towns, and passwords that somebody chooses."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.clerk_town import ClerkTown
from models.market.county import County
from models.market.organiser import CITY, CLERK, SHORTEST_PASSWORD, Organiser
from models.market.planning import towns_of
from models.vocabulary.code_list import N_, ROLES
from routes.office.market_dates import today_in
from routes.web.editing import EditedForm
from routes.web.labelled_form import LabelledForm

OF_A_COUNTY = {role: words for role, words in ROLES.items() if role != CITY}
LONGEST_LOGIN = 40  # characters


class AccountForm(EditedForm):
    """As what somebody signs in, and a clerk's towns; of an invitation also whom it is for."""

    labels = {"name": N_("For whom"), "role": N_("Role"), "towns": N_("Towns of a town clerk")}
    chosen = frozenset({"role", "towns"})

    def __init__(self, county: County, typed: MultiDict | None = None, account: Organiser | None = None) -> None:
        own = sorted(ClerkTown.codes_of(account)) if account else []
        start = {"role": account.role if account else "", "towns": own}
        super().__init__(typed, start, is_stored=account is not None)
        self.account = account
        self.towns = {town.code: town.name for town in towns_of(county, today_in(county))}

    def read(self) -> dict[str, Any]:
        """Return ``role`` and ``towns`` (codes); look at ``ok`` before keeping them."""
        role = self.choice("role", OF_A_COUNTY)
        towns = self.choices("towns", self.towns, required=role == CLERK)
        return {"role": role, "towns": towns if role == CLERK else []}


class PasswordForm(LabelledForm):
    """A password that somebody chooses: typed twice, and of their own account with the one that holds."""

    labels = {
        "login": N_("Name to sign in by"), "name": N_("Your name"), "current": N_("Password now"),
        "password": N_("New password"), "again": N_("The same once more"),
    }  # fmt: skip

    def read_password(self) -> str | None:
        """Return the new password, or None after noting what is wrong with it."""
        password, again = self.password("password"), self.password("again")
        if password and len(password) < SHORTEST_PASSWORD:
            self.refuse("password", _("A password has at least %(count)s letters.", count=SHORTEST_PASSWORD))
        elif password and again and password != again:
            self.refuse("again", _("This is another password than the one above."))
        return password if self.ok else None

    def read_login(self) -> str | None:
        """Return the name to sign in by, or None after noting what is wrong with it."""
        login = self.code("login", LONGEST_LOGIN)
        if login and Organiser.called(login):
            self.refuse("login", taken())
        return login


def taken() -> str:
    """Return the sentence beside a name by which somebody signs in already."""
    return _("Somebody signs in by this name already. Please take another.")
