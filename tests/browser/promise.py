"""The one promise over every fault: what was acknowledged is counted once, what was not is still on the tablet."""

import json

from models.base.database import db
from models.schema import Log, Operation

STATE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("ganchang")
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const tx = opening.result.transaction(["operations", "meta"])
    const log = tx.objectStore("operations").getAll()
    const acknowledged = tx.objectStore("meta").get("acknowledged")
    const letter = tx.objectStore("meta").get("tablet")
    tx.oncomplete = () => {
      opening.result.close()
      resolve({ log: log.result, acknowledged: acknowledged.result ?? 0, letter: letter.result })
    }
  }
})"""


def expect_kept(tablet: object, day: int, made: int) -> None:
    """Assert the promise for a tablet that ``made`` so many facts in all, in whatever state its sync is."""
    state = tablet.page.evaluate(STATE)
    log, acknowledged = {fact["seq"]: fact for fact in state["log"]}, state["acknowledged"]
    assert sorted(log) == list(range(1, made + 1)), f"the tablet holds {sorted(log)} of {made} facts"
    with db.connection_context():
        row = Log.get(market_day=day, letter=state["letter"])
        stored = {op.seq: json.loads(op.body) for op in Operation.select().where(Operation.log == row)}
    assert acknowledged <= len(stored) == row.acknowledged
    assert sorted(stored) == list(range(1, len(stored) + 1))
    for seq, body in stored.items():
        assert body == {name: value for name, value in log[seq].items() if name != "seq"}
