"""Import kinds: what spreadsheets are taken in, and what each is called."""

from models.imports.import_kind import Kind
from models.vocabulary.code_list import N_
from routes.office.import_employers import Employers
from routes.office.import_operators import Operators
from routes.office.import_vacancies import Vacancies

KINDS: dict[str, Kind] = {"employers": Employers(), "vacancies": Vacancies(), "operators": Operators()}
KIND_WORDS = {"employers": N_("Employers"), "vacancies": N_("Vacancies"), "operators": N_("Operators")}
