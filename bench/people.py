"""People: so many candidates registered at a booth with a paper pass each, by the facts its tablet would send."""

import random
from datetime import UTC, datetime, timedelta

from bench.facts import NAMES, batches, uuid7
from bench.world import World, connected
from models.intake.ingest import MOST_OPERATIONS, ingest
from models.schema import Log


def register(world: World, count: int) -> None:
    """Register ``count`` people at the first booth, each with the next of the world's passes."""
    draw = random.Random(count)
    at = datetime.now(UTC) - timedelta(hours=4)
    with connected():
        for batch in batches([_fact(seq, world, draw, at) for seq in range(1, count + 1)], MOST_OPERATIONS):
            ingest(Log.get_by_id(world.stands[0].tablet), batch)


def _fact(seq: int, world: World, draw: random.Random, at: datetime) -> dict:
    moment = at + timedelta(milliseconds=seq)
    data = {
        "name": "".join(draw.choices(NAMES, k=3)), "birth_year": draw.randrange(1960, 2005), "trades": ["sewing"],
        "phone": f"138{seq:08d}", "phone_owner": "self", "pass": world.passes[seq - 1], "registered_by": "operator",
        "notice_at": moment.isoformat(timespec="seconds"),
    }  # fmt: skip
    return {
        "seq": seq, "id": uuid7(draw, moment), "kind": "candidate.registered", "operator": 1,
        "at": moment.isoformat(timespec="milliseconds"), "data": data,
    }  # fmt: skip
