"""The tablet: its pages, enrolment and sync."""

from routes.kiosk import (
    built,
    deliveries,
    enrolments,
    pages,
    sync,
)

PARTS = (built,)
BLUEPRINTS = (
    deliveries.bp,
    enrolments.bp,
    pages.bp,
    sync.bp,
)
