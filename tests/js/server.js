/** A server as a tablet knows it: logs by tablet, cookies, resume secrets; and what it does wrong when it is told to. */
import { createHash } from "node:crypto"
import { gunzipSync } from "node:zlib"

const json = (body, status = 200) => Response.json(body, { status })
export const PHONE = "023-4140-0000"

export class Server {
  constructor({ sealKey = null } = {}) {
    Object.assign(this, { sealKey, tablets: [], boxes: new Map(), requests: [], accepts: [], down: false })
    this.date = new Date().toISOString().slice(0, 10)
    this.faults = [] // functions (request, handle) → Response, one for each POST to /sync
  }

  /** Makes a browser the booth's tablet, or the same one again. Returns {answer, cookie}. */
  enrol({ resume = "", booth = 1 } = {}) {
    const known = this.tablets.find((tablet) => tablet.resume === resume && tablet.booth === booth && !tablet.revoked)
    const device = this.tablets.filter((tablet) => resume && tablet.resume === resume && !tablet.revoked)
    const keeps = device.length > 0 || (resume && !this.tablets.some((tablet) => tablet.resume === resume))
    const letter = String.fromCharCode(65 + this.tablets.length)
    const tablet = known ?? { letter, booth, resume: keeps ? resume : `secret ${Math.random()}`, log: [], unsent: null, lost: 0, revoked: false }
    if (!known) this.tablets.push(tablet)
    const cookie = `${tablet.letter} ${Math.random()}`
    for (const one of [...device, tablet]) Object.assign(one, { cookie, isLast: one === tablet })
    if (device.length) this.assign(tablet.letter, { booth, market_day: 3 })
    const answer = { tablet: tablet.letter, booth, market_day: 3, resume: tablet.resume, resumed: Boolean(known), acknowledged: tablet.log.length }
    return { answer, cookie: tablet.cookie }
  }

  /** Sends a device to another booth: a log of its own there, which its answers name from now on. */
  assign(letter, { booth, market_day, acknowledged = 0, from = new Date(0).toISOString() }) {
    const { resume } = this.tablet(letter)
    const device = this.tablets.filter((one) => one.resume === resume)
    const known = device.find((one) => one.booth === booth && (one.market_day ?? 3) === market_day)
    const tablet = known ?? { letter: String.fromCharCode(65 + this.tablets.length), booth, market_day, resume, log: [], unsent: null, lost: 0, revoked: false, cookie: device[0].cookie }
    if (!known) this.tablets.push(tablet)
    for (const one of [...device, tablet]) one.assignment = { tablet: tablet.letter, booth, market_day, acknowledged: tablet.log.length, from }
    return tablet
  }

  tablet(letter) {
    return this.tablets.find((tablet) => tablet.letter === letter)
  }

  /** All operations of all logs. */
  get facts() {
    return this.tablets.flatMap(({ log }) => log)
  }

  async answer(cookie, url, { body, headers = {} } = {}) {
    if (this.down) throw new TypeError("network")
    const path = url.split("?")[0]
    const named = new URLSearchParams(url.split("?")[1]).get("log")
    const device = this.tablets.filter((one) => one.cookie === cookie)
    const found = device.find((one) => `${one.market_day ?? 3}.${one.letter}` === named)
    const tablet = found ?? device.find((one) => one.isLast) ?? device[0]
    if (!tablet) return json({ error: "not_enrolled" }, 401)
    if (tablet.revoked) return json({ error: "revoked" }, 401)
    if (named && !found && path !== "/kiosk/identity") return json({ error: "other_log" }, 421)
    if (tablet.closed) return json({ error: "closed", ...(tablet.assignment && { assignment: tablet.assignment }) }, 401)
    if (path === "/kiosk/identity") return this.#identity(tablet)
    if (path === "/kiosk/snapshot") return this.#snapshot(tablet, new URLSearchParams(url.split("?")[1]))
    if (path === "/kiosk/hand-overs") return this.#handOver(new Uint8Array(body))
    const packed = headers["Content-Encoding"] === "gzip"
    const request = JSON.parse(packed ? gunzipSync(body) : body)
    for (const one of device) one.isLast = one === tablet
    this.requests.push({ ...request, packed })
    const fault = this.faults.shift()
    return fault ? fault(request, () => this.#sync(tablet, request)) : this.#sync(tablet, request)
  }

  #identity({ letter, booth, market_day = 3, resume, log, unsent, assignment = null }) {
    const secret = createHash("sha256").update(resume).digest("hex")
    return json({ tablet: letter, booth, market_day, log: secret, acknowledged: log.length, unsent, name: "", assignment })
  }

  #snapshot({ letter, booth, market_day = 3, log }, query) {
    const ground = [
      { kind: "market_day", id: String(market_day), data: { id: market_day, date: this.date, phone: PHONE } },
      { kind: "booth", id: String(booth), data: { number: booth, topics: ["leaflet"] } },
      { kind: "vacancy", id: "1000006", data: { number: "1000006", openings: 3, remaining: 3 } },
      { kind: "operator", id: "7", data: { id: 7, name: "王" } },
    ]
    if (this.sealKey) ground.push({ kind: "seal_key", id: String(this.sealKey.key_id), data: this.sealKey })
    return json({ cursor: 5, changes: [...ground, ...(query.get("own") ? ownOf(letter, log) : [])], more: false, accepts: this.accepts })
  }

  async #handOver(bytes) {
    const id = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex")
    this.boxes.set(id, bytes)
    return json({ id, kept: true })
  }

  #sync(tablet, { batch, operations, unsent, lost = 0 }) {
    for (const operation of operations) {
      const known = tablet.log[operation.seq - 1]
      if (known && JSON.stringify(known) !== JSON.stringify(operation)) return json({ error: "shared_identity" }, 409)
      if (operation.seq === tablet.log.length + 1) tablet.log.push(operation)
    }
    const acknowledged = tablet.log.length
    Object.assign(tablet, { lost: Math.max(tablet.lost, lost), unsent: Math.max(0, unsent - operations.length) })
    const results = operations.filter(({ seq }) => seq <= acknowledged).map(({ seq }) => ({ seq, outcome: "applied" }))
    const server_time = new Date().toISOString()
    return json({ protocol: 1, batch, acknowledged, results, cursor: 7, changes: [], more: false, server_time, accepts: this.accepts, assignment: tablet.assignment ?? null })
  }
}

/** What a tablet made itself, as the server tells it. */
function ownOf(letter, log) {
  const ties = log.filter(({ kind }) => kind === "check_in.recorded")
  const counts = {}
  for (const { kind, data } of log) if (kind === "tally.counted") counts[data.topic] = (counts[data.topic] ?? 0) + data.count
  return [
    ...ties.map(({ id, at, data }) => ({ kind: "check_in", id, data: { ...data, at, stage: "interested", withdrawn: false } })),
    { kind: "own_tallies", id: letter, data: { through: log.length, counts } },
  ]
}
