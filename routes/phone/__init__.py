"""The public pages that a phone opens."""

from routes.phone import (
    boards,
    booth_pages,
    links,
    me,
    passes,
    trust,
    vacancy_pages,
)

BLUEPRINTS = (
    boards.bp,
    booth_pages.bp,
    links.bp,
    me.bp,
    passes.bp,
    trust.bp,
    vacancy_pages.bp,
)
