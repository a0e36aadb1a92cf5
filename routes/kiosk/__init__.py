"""The tablet: its pages, enrolment and sync."""

from routes.kiosk import (
    built,
    deliveries,
    enrolments,
    pages,
    pins,
    sync,
)

PARTS = (built,)
BLUEPRINTS = (
    deliveries.bp,
    enrolments.bp,
    pages.bp,
    pins.bp,
    sync.bp,
)
