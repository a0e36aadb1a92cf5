"""The public pages that a phone opens."""

from werkzeug.exceptions import HTTPException

from routes.phone import (
    boards,
    booth_pages,
    coming_days,
    counties,
    links,
    me,
    own_deletions,
    own_entries,
    own_messages,
    own_phones,
    own_queues,
    own_recommendations,
    own_sign_ups,
    own_wishes,
    page,
    passes,
    privacy_notices,
    survey_pages,
    trust,
    vacancy_pages,
    walls,
)

BLUEPRINTS = (
    boards.bp,
    booth_pages.bp,
    coming_days.bp,
    counties.bp,
    links.bp,
    me.bp,
    own_deletions.bp,
    own_entries.bp,
    own_messages.bp,
    own_phones.bp,
    own_queues.bp,
    own_recommendations.bp,
    own_sign_ups.bp,
    own_wishes.bp,
    passes.bp,
    privacy_notices.bp,
    survey_pages.bp,
    trust.bp,
    vacancy_pages.bp,
    walls.bp,
)

for bp in BLUEPRINTS:
    bp.register_error_handler(HTTPException, page.failed)
