/**
 * Plans how a damaged log continues, from what the store, the marker, the mirror and the server know of it. Pure:
 * recovery.js writes the plan. Operations are compared by content, because their numbers may have changed and several
 * operations can have one id.
 */
import { seqOfLast } from "../log/seq.js"
import { isSame, isStale } from "../mirror/marker.js"

/**
 * The plan for the log. Takes `log` and `meta` of the store, `marker` (or null) and `mirrored` ([{tablet,
 * market_day, operation}]) from beside it, and `server` ({tablet, booth, market_day, acknowledged, unsent, ours}, or null
 * when it could not be asked). Returns
 *   identity       whose log it is, and `same`: whether the store was that tablet's before
 *   after          operations of the store beyond this seq give way to `operations`, ascending
 *   acknowledged, last
 *   missing        how many facts are nowhere, made later than `since`; a guess unless `certain`
 */
export function planOf(found) {
  const { log, meta, marker, mirrored, server } = ofPresent(found)
  const known = new Known({ log, meta, marker, server })
  const { identity, same, acknowledged, after } = known
  const stored = log.map((operation) => ({ tablet: meta.tablet, market_day: meta.market_day, operation, stored: true }))
  const facts = [...stored, ...mirrored.filter((fact) => !known.isSealed(fact)).sort(bySeq)]
  const stays = (fact) => same && fact.stored && fact.operation.seq <= after
  const fits = (fact) => isSame(fact, identity) && fact.operation.seq > acknowledged
  const loose = distinct(facts.filter(stays), facts.filter((fact) => !stays(fact) && (fits(fact) || known.isUnsent(fact))))
  const tail = firstOfEachSeq(loose.filter(fits)).sort(bySeq)
  const strays = loose.filter((fact) => !tail.includes(fact))
  const operations = server ? numbered([...tail, ...strays], acknowledged) : [...tail.map(({ operation }) => operation), ...numbered(strays, known.last)]
  const last = Math.max(seqOfLast(operations), server ? acknowledged : known.last)
  return { identity, same, after, operations, acknowledged, last, certain: Boolean(server), ...lossOf(known, facts) }
}

/**
 * What speaks of the log that the device is at. It leaves a log only when the server has it whole, or sealed: so a store with fewer moves
 * than its marker is one of the past, a marker with fewer was not noted yet, and what is mirrored of other logs came too late to be removed.
 */
function ofPresent({ log, meta, marker, mirrored, server }) {
  const moves = Math.max(meta.moves ?? 0, marker?.moves ?? 0)
  if (!moves) return { log, meta, marker, mirrored, server }
  const isPast = (meta.moves ?? 0) < moves
  const [present, noted] = [isPast ? {} : meta, (marker?.moves ?? 0) < moves ? null : marker]
  const own = mirrored.filter((fact) => isSame(fact, isPast ? noted : present))
  return { log: isPast ? [] : log, meta: present, marker: noted, mirrored: own, server }
}

/** Whether the mirror has another operation under a number of the log: then it was copied before numbers changed. */
export function differs(log, meta, mirrored) {
  const bySeq = new Map(log.map((operation) => [operation.seq, operation]))
  const own = mirrored.filter((fact) => isSame(fact, meta) && bySeq.has(fact.operation.seq))
  return own.some((fact) => contentOf(fact) !== contentOf({ operation: bySeq.get(fact.operation.seq) }))
}

/** What each witness (store, marker, earlier identity, server) says about how far a log went. */
class Known {
  constructor({ log, meta, marker, server }) {
    const carried = { ...meta.before, acknowledged: Infinity } // its unsent facts are in this log now
    const stored = Math.max(meta.last_seq ?? 0, seqOfLast(log))
    const noted = isStale(marker, meta) ? { ...marker, last: 0 } : marker
    Object.assign(this, { meta, marker: noted, server, witnesses: [{ ...meta, last: stored }, noted, carried] })
    this.identity = server ?? this.witnesses.find((witness) => witness?.tablet) ?? {}
    this.same = isSame(meta, this.identity)
    this.own = meta.tablet ? meta : (marker ?? {})
    this.acknowledged = this.floorOf(this.identity)
    this.last = this.lastOf(this.identity)
    // If the store is behind the server, its latest operations have numbers that the server has given already.
    const doubt = stored < this.acknowledged ? Math.min(this.acknowledged, this.#said(this.identity, "acknowledged")) : this.acknowledged
    this.after = this.same ? doubt : 0
  }

  /** The seq up to which the server has a tablet's log. */
  floorOf(tablet) {
    return isSame(tablet, this.server) || this.#isRenamed(tablet) ? this.server.acknowledged : this.#said(tablet, "acknowledged")
  }

  /** Whether the server takes a tablet's log up under another letter: it was restored from before it knew the tablet. */
  #isRenamed(tablet) {
    return this.server?.ours && this.server.booth === this.own.booth && isSame(tablet, this.own)
  }

  /** The highest seq that a tablet's log ever had. */
  lastOf(tablet) {
    const told = isSame(tablet, this.server) ? (this.server.unsent ?? 0) : 0
    return Math.max(this.floorOf(tablet) + told, this.#said(tablet, "last"))
  }

  /** Whether the server may not have a fact that does not continue what it has. */
  isUnsent(fact) {
    return (fact.stored && this.same) || fact.operation.seq > this.floorOf(fact)
  }

  /** The seq up to which a log's facts are with the server or in a sealed box. */
  settledIn(tablet) {
    return Math.max(this.floorOf(tablet), this.#said(tablet, "sealed_through"))
  }

  isSealed(fact) {
    return fact.operation.seq <= this.#said(fact, "sealed_through")
  }

  #said(tablet, what) {
    return Math.max(0, ...this.witnesses.filter((witness) => isSame(witness, tablet)).map((witness) => witness[what] ?? 0))
  }
}

/** {missing, since}: how many numbers of all logs that this tablet ever had belong to no operation, and since when. */
function lossOf(known, facts) {
  const logs = [known.identity, ...known.witnesses].filter((log) => log?.tablet)
  const each = logs.filter((log, index) => logs.findIndex((other) => isSame(other, log)) === index)
  const losses = each.map((log) => lossIn(log, known, facts.filter((fact) => isSame(fact, log))))
  const missing = losses.reduce((sum, loss) => sum + loss.missing, 0)
  return { missing, since: losses.find((loss) => loss.missing)?.since ?? null }
}

function lossIn(log, known, facts) {
  const floor = known.settledIn(log)
  const times = new Map(facts.map(({ operation }) => [operation.seq, operation.at]))
  const last = known.lastOf(log)
  const here = [...times.keys()].filter((seq) => seq > floor && seq <= last).length
  let before = floor // the last number in front of the first gap
  while (times.has(before + 1)) before += 1
  const noted = isSame(known.marker, log) ? known.marker.since : null // of the oldest that was unsent
  const since = before === floor ? (noted ?? times.get(before)) : times.get(before)
  return { missing: Math.max(0, last - floor - here), since: since ?? null }
}

/** `facts` without repeats and without those that are in `others`. */
function distinct(others, facts) {
  const seen = new Set(others.map(contentOf))
  return facts.filter((fact) => !seen.has(contentOf(fact)) && seen.add(contentOf(fact)))
}

function firstOfEachSeq(facts) {
  return [...new Map([...facts].reverse().map((fact) => [fact.operation.seq, fact])).values()]
}

const numbered = (facts, after) => facts.map(({ operation }, index) => ({ ...operation, seq: after + 1 + index }))

const contentOf = ({ operation: { id, kind, at, operator, data } }) => JSON.stringify([id, kind, at, operator, data])

const bySeq = (one, other) => one.operation.seq - other.operation.seq
