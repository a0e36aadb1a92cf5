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

# In the order of their hooks.
PARTS = (requests, refusals, compression, security, language, text_size, access, errors)
BLUEPRINTS = (static.bp, health.bp)
