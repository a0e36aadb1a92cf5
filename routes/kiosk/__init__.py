"""The tablet: its pages, enrolment and sync."""

from routes.kiosk import (
    deliveries,
    enrolments,
    pages,
    sync,
)

BLUEPRINTS = (
    deliveries.bp,
    enrolments.bp,
    pages.bp,
    sync.bp,
)
