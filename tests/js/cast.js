/** The standing cast of the kiosk's tests: a fresh store, a scripted server, a pass key. */
import "fake-indexeddb/auto"
import { openStore } from "../../static/js/log/store.js"
import { Outbox } from "../../static/js/log/outbox.js"
import { Sync } from "../../static/js/sync/sync.js"
import { checkDigit } from "../../static/js/codes/check-digit.js"

let stores = 0
export const freshStore = () => openStore({ name: `test-${++stores}` })

export async function freshOutbox() {
  const db = await freshStore()
  return { db, outbox: new Outbox(db, { now: () => new Date("2026-02-24T09:41:00+08:00") }) }
}

/** A fact as the screens make it. */
export const tie = (pass = "1234567895") => ({ kind: "check_in.recorded", data: { pass, vacancy: "1000006", channel: "card" } })

export const json = (body, status = 200) => Response.json(body, { status })
export const html = (text, status = 200) => new Response(text, { status, headers: { "Content-Type": "text/html" } })

/** A yes to a batch, as the server says it. */
export function yes(request, changes = {}) {
  const acknowledged = request.operations.at(-1)?.seq ?? 0
  const results = request.operations.map(({ seq }) => ({ seq, outcome: "applied" }))
  const server_time = "2026-02-24T09:41:05+08:00"
  return json({ protocol: 1, batch: request.batch, acknowledged, results, cursor: 7, changes: [], more: false, server_time, ...changes })
}

/** A tablet whose server answers with `answer(request)`; requests are kept. */
export async function tabletWith(answer) {
  const { db, outbox } = await freshOutbox()
  const requests = []
  const fetch = async (url, options) => {
    const request = JSON.parse(options.body)
    requests.push(request)
    return answer(request, requests.length)
  }
  const now = () => new Date("2026-02-24T09:41:06+08:00")
  return { db, outbox, requests, sync: new Sync({ db, outbox, fetch, now }) }
}

export const numbered = (payload) => payload + checkDigit(payload)

/** A key pair and passes signed with it. */
export async function passKey() {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])
  const raw = Buffer.from(await crypto.subtle.exportKey("raw", pair.publicKey)).toString("base64url")
  async function sign({ key_id = 1, market_day = 3, number = numbered("900000001"), expires = 1_800_000_000 } = {}) {
    const head = Buffer.alloc(16)
    head.writeUInt8(1, 0)
    head.writeUInt16BE(key_id, 1)
    head.writeUInt32BE(market_day, 3)
    head.writeUIntBE(Number(number), 7, 5)
    head.writeUInt32BE(expires, 12)
    const signature = Buffer.from(await crypto.subtle.sign(algorithm, pair.privateKey, head))
    return BigInt("0x" + Buffer.concat([head, signature]).toString("hex")).toString()
  }
  return { raw, sign }
}
