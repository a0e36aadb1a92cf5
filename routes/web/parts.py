"""Parts: what pages of every audience share, in the order in which the application takes it."""

from routes.web import (
    access,
    compression,
    errors,
    health,
    language,
    metrics,
    refusals,
    request_log,
    requests,
    security,
    static,
    text_size,
)

# In the order of their hooks.
PARTS = (request_log, metrics, requests, refusals, compression, security, language, text_size, access, errors)
BLUEPRINTS = (static.bp, health.bp, metrics.bp)
