"""Parts: what pages of every audience share, in the order in which the application takes it."""

from routes.web import (
    access,
    compression,
    errors,
    health,
    language,
    refusals,
    requests,
    security,
    static,
    text_size,
)

PARTS = (requests, refusals, compression, security, language, text_size, access, errors)  # in the order of their hooks
BLUEPRINTS = (static.bp, health.bp)
