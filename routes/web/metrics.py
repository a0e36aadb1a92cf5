"""Metrics: what Prometheus reads at /metrics, for a county's machine or a city's.

Only with ``GANCHANG_METRICS_TOKEN`` set, and only for who sends it as a bearer token: else there is nothing at that
address and nothing is counted. No label names a person, a booth or an employer.
"""

import os
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, current_app, g, request

from models.base.database import writers_waited
from models.figures.watched import watched
from routes.web.request_log import seconds_taken
from routes.web.settings import COUNTED_TOGETHER

if TYPE_CHECKING:
    from prometheus_client import Metric

bp = Blueprint("metrics", __name__)
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


class Counted:
    """The counters of one process."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.registry = CollectorRegistry()
        self.requests = Counter(
            "ganchang_requests", "Requests answered", ["endpoint", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "ganchang_request_seconds", "Time to answer", ["endpoint"], buckets=BUCKETS, registry=self.registry
        )
        self.operations = Counter(
            "ganchang_operations", "Operations of tablets, by what became of them", ["outcome"], registry=self.registry
        )

    def note(self, response: Response) -> Response:
        """Count an answered request."""
        endpoint = request.endpoint or "none"
        self.requests.labels(endpoint, request.method, str(response.status_code)).inc()
        self.seconds.labels(endpoint).observe(seconds_taken())
        for outcome, count in g.get("outcomes", {}).items():
            self.operations.labels(outcome).inc(count)
        return response

    def together(self) -> Any:
        """Return a registry with the counts of all processes."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        if os.environ.get(COUNTED_TOGETHER):
            MultiProcessCollector(registry)
        else:
            registry.register(self.registry)
        registry.register(Gauges())
        return registry


class Gauges:
    """How things stand at this moment, asked of the database when somebody looks."""

    def collect(self) -> Iterator["Metric"]:
        """Return a gauge for each thing watched."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        for name, meaning, value in watched(current_app.config["BACKUPS"]):
            if value is not None:
                yield GaugeMetricFamily(f"ganchang_{name}", meaning, value)
        waits, seconds = writers_waited()
        yield CounterMetricFamily("ganchang_writers", "Write transactions of the process that answers", waits)
        yield CounterMetricFamily("ganchang_writers_waited_seconds", "What they waited for one another", seconds)

    def describe(self) -> list["Metric"]:
        """Say nothing beforehand: looking costs statements."""
        return []


@bp.get("/metrics")
def show() -> Response:
    """Return all metrics as text. 404 without the token; nobody learns from it whether there is one."""
    from prometheus_client import generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_LATEST

    wanted, given = current_app.config["METRICS_TOKEN"], request.headers.get("Authorization", "")
    if not wanted or not secrets.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        abort(404)
    counted: Counted = current_app.extensions["metrics"]
    return Response(generate_latest(counted.together()), content_type=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    """Count the requests to ``app`` when somebody may look."""
    if app.config["METRICS_TOKEN"]:
        app.extensions["metrics"] = counted = Counted()
        app.after_request(counted.note)
