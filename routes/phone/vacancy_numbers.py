"""Vacancy numbers as people type them: full-width, with blanks, or with one digit wrong."""

from flask import Response, url_for

from models.base import check_digit
from models.base.typed import digits_of
from models.phone.notice import vacancies_numbered
from routes.phone import page
from routes.phone.links import number_before
from routes.web.answers import see_other

DIGITS = 7
MOST_NEAR = 3
MOST_TYPED = 40  # characters; the rest of a longer text is not looked at


def unknown(number: str) -> Response:
    """Answer a number that no vacancy has: lead on to what was meant, or 404 with what may have been."""
    plain = digits_of(number[:MOST_TYPED])
    if not check_digit.is_valid(plain):
        plain = number_before(number) or plain
    if plain != number and check_digit.is_valid(plain):
        return see_other(url_for("vacancy_pages.show", number=plain))
    near = vacancies_numbered(_similar(plain))[:MOST_NEAR] if len(plain) == DIGITS else ()
    return page.page("number.html", 404, typed=plain[:20], near=near)


def _similar(number: str) -> list[str]:
    """Return the valid numbers one wrong digit or one swap away from ``number``."""
    if not (number.isascii() and number.isdigit()):
        return []
    wrong = {number[:i] + d + number[i + 1 :] for i in range(DIGITS) for d in "0123456789"}
    swapped = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(DIGITS - 1)}
    return sorted(n for n in wrong | swapped if n != number and check_digit.is_valid(n))
