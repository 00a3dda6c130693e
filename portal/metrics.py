"""Numbers for Prometheus: requests as they were counted, and what is read from database, cache and broker on asking.

No label holds more than a name of ours: a view, a queue, a ledger, a state.
"""

import logging
import os
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from portal import vital_signs
from services.foundation import clock

logger = logging.getLogger(__name__)
# What each number means, and the name of its label.
TOLD = {
    "outbox_messages": ("Messages of the outbox that haven't gone out.", "state"),
    "outbox_oldest_seconds": ("For how long the oldest unsent message is due (late), and exists (age).", "since"),
    "jobs_stuck": ("Imports and exports that give no sign of life.", "kind"),
    "queue_beat_age_seconds": ("Since the clock's last beat came through a queue and a worker.", "queue"),
    "queue_waiting": ("Tasks that no worker has taken yet.", "queue"),
    "ledger_differences": ("What the last recount of a ledger found at odds; 0 is right.", "ledger"),
    "ledger_checked_seconds": ("Since that recount.", "ledger"),
    "figures_unfolded": ("Changes that the figures don't show yet.", "what"),
}


class Read:
    """Gauges that are read at the moment of asking. What can't be read is left out, and its absence is the alarm."""

    def describe(self) -> list:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, values in (_from_database() | {"queue_waiting": _from_broker()}).items():
            words, label = TOLD[name]
            gauge = GaugeMetricFamily(f"mumian_{name}", words, labels=[label])
            for value_of, value in values.items():
                gauge.add_metric([value_of], value)
            yield gauge


def _from_database() -> dict[str, dict[str, float]]:
    try:
        return vital_signs.numbers(clock.now())
    except DatabaseError as error:
        logger.error("no numbers from the database: %s", type(error).__name__)
        return {}


def _from_broker() -> dict[str, float]:
    try:
        return {queue: vital_signs.waiting_in(queue) for queue in vital_signs.QUEUES}
    except Exception as error:  # each broker's client has errors of its own
        logger.error("no numbers from the broker: %s", type(error).__name__)
        return {}


def exposition() -> tuple[bytes, str]:
    counted: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    read = CollectorRegistry()
    read.register(Read())
    return generate_latest(counted) + generate_latest(read), CONTENT_TYPE_LATEST
