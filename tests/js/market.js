/**
 * A booth's server as far as check-ins go, and tablets at it. Like the real one it does not tell a tablet back what that tablet
 * alone made, tells the rest in pages, and folds the moves of all logs in the order in which they were made.
 */
import { Memory } from "../../static/js/kiosk/memory.js"
import { moved, STAGES, START } from "../../static/js/day/stages.js"
import { Outbox } from "../../static/js/log/outbox.js"
import { Sync } from "../../static/js/sync/sync.js"
import { freshStore, json } from "./cast.js"

export class Market {
  constructor({ page = 2 } = {}) {
    Object.assign(this, { page, order: [], logs: new Map(), changes: new Map(), position: 0 })
  }

  /** Where a check-in stands, by `operations` or all that arrived: {stage, reached, withdrawn}. */
  standOf(id, operations = [...this.logs.values()].flat()) {
    const moves = operations.filter(({ data }) => data.check_in === id).sort((one, other) => this.order.indexOf(one.id) - this.order.indexOf(other.id))
    const withdrawn = moves.some(({ kind }) => kind === "check_in.withdrawn")
    const { stage, reached } = withdrawn ? START : moves.map(({ data }) => data).reduce(moved, START)
    return { stage, reached: STAGES[reached], withdrawn }
  }

  answer(name, { batch, cursor, operations }) {
    const log = this.logs.get(name)
    const fresh = operations.filter(({ seq }) => seq > log.length)
    log.push(...fresh)
    for (const { id, kind, data } of fresh) this.#tell(kind === "check_in.recorded" ? id : data.check_in, kind === "check_in.recorded" ? name : null)
    const waiting = [...this.changes].filter(([, { position, source }]) => position > cursor && source !== name).sort(([, one], [, other]) => one.position - other.position)
    const page = waiting.slice(0, this.page)
    const more = waiting.length > this.page
    return json({
      batch, acknowledged: log.length, results: [], more, changes: page.map(([id]) => this.#recordOf(id)),
      cursor: more ? page.at(-1)[1].position : this.position, server_time: new Date().toISOString(),
    })
  }

  #tell(id, source) {
    const known = this.changes.has(id)
    this.changes.set(id, { position: ++this.position, source: known ? null : source })
  }

  #recordOf(id) {
    const { data, at } = [...this.logs.values()].flat().find((one) => one.id === id)
    return { kind: "check_in", id, data: { ...data, person: data.pass, at, ...this.standOf(id) } }
  }
}

export class Tablet {
  static async at(market, name) {
    const db = await freshStore()
    market.logs.set(name, [])
    return new Tablet(market, name, db)
  }

  constructor(market, name, db) {
    const outbox = new Outbox(db)
    Object.assign(this, { market, name, outbox, memory: new Memory(db, outbox, (row) => row), fails: () => null })
    const fetch = async (url, { body }) => this.#exchange(JSON.parse(body))
    this.sync = new Sync({ db, outbox, fetch, onAccepted: (answer) => this.memory.absorb(answer) })
  }

  async #exchange(request) {
    const fault = this.fails()
    if (fault === "request") throw new TypeError("network")
    const answer = this.market.answer(this.name, request)
    if (fault === "answer") throw new TypeError("network")
    return answer
  }

  async record(fact) {
    const operation = await this.outbox.append(fact)
    this.market.order.push(operation.id)
    this.memory.take([operation])
    return operation
  }

  /** id → {stage, reached, withdrawn} as the list of today shows it; each person has one check-in. */
  get shown() {
    const rows = this.memory.rows().rows.map(({ id, stage, reached }) => [id, { stage, reached: STAGES[reached], withdrawn: stage === "withdrawn" }])
    return new Map(rows.map(([id, stand]) => [id, stand.withdrawn ? { ...stand, stage: STAGES[0] } : stand]))
  }
}
