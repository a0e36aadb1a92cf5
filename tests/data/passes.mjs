/**
 * Makes tests/data/passes.json: codes, and what both sides must make of them. `node tests/data/passes.mjs`.
 * It shares nothing with models/ or static/js/. Signatures are random, so each run makes other digits that say the same.
 */
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto"
import { writeFileSync } from "node:fs"

const ORIGIN = "https://ganchang.example"
const [DAY, OTHER_DAY, KEY, REVOKED, UNKNOWN] = [3, 4, 258, 2, 9]
const [NINE, NOON] = ["2026-02-24T09:00:00+08:00", "2026-02-24T12:00:00+08:00"]
const seconds = (at) => Date.parse(at) / 1000

/** ISO 7064 MOD 11,10: the one digit behind which the whole comes to 1. */
function numbered(payload) {
  const sum = (digits) => [...digits].reduce((rest, digit) => ((((rest + Number(digit)) % 10 || 10) * 2) % 11), 10)
  return payload + [..."0123456789"].find((digit) => (sum(payload) + Number(digit)) % 10 === 1)
}

const ecdh = createECDH("prime256v1")
ecdh.setPrivateKey(createHash("sha256").update("the pass key of the vector").digest())
const point = ecdh.getPublicKey()
const base64url = (buffer) => Buffer.from(buffer).toString("base64url")
const privateKey = createPrivateKey({
  key: { kty: "EC", crv: "P-256", x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)), d: base64url(ecdh.getPrivateKey()) },
  format: "jwk",
})

const PHONE = numbered("900000001")

function signed({ version = 1, key = KEY, day = DAY, number = PHONE, expires = seconds(NOON), spoil = 0 } = {}) {
  const head = Buffer.alloc(16)
  head.writeUInt8(version, 0)
  head.writeUInt16BE(key, 1)
  head.writeUInt32BE(day, 3)
  head.writeUIntBE(Number(number), 7, 5)
  head.writeUInt32BE(expires, 12)
  const signature = sign("sha256", head, { key: privateKey, dsaEncoding: "ieee-p1363" })
  signature[63] ^= spoil
  return BigInt("0x" + Buffer.concat([head, signature]).toString("hex")).toString()
}

const paper = numbered("100000042")
const wrong = paper.slice(0, -1) + ((Number(paper.at(-1)) + 1) % 10)
const full = (digits) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
const link = (digits) => `${ORIGIN}/p/${digits}`
const good = signed()

/** What is typed or scanned, and what is sent of it; nothing is sent of an error. */
const texts = [
  { text: paper, number: paper, sent: paper },
  { text: link(paper), number: paper, sent: paper },
  { text: link(paper) + "/", number: paper, sent: paper },
  { text: link(paper) + "?from=wechat", number: paper, sent: paper },
  { text: link(paper) + "#top", number: paper, sent: paper },
  { text: ` ${paper}\n`, number: paper, sent: paper },
  { text: "100 000 " + paper.slice(6), number: paper, sent: paper },
  { text: "100-000-" + paper.slice(6), number: paper, sent: paper },
  { text: full(paper), number: paper, sent: paper },
  { text: link(good), number: PHONE, sent: link(good) },
  { text: good, number: PHONE, sent: good },
  { text: link(good) + "?from=wechat", number: PHONE, sent: good },
  { text: link(good) + "/", number: PHONE, sent: good },
  { text: "", error: "foreign" },
  { text: wrong, error: "check_digit" },
  { text: link(wrong), error: "check_digit" },
  { text: paper.slice(0, -1), error: "length" },
  { text: paper + "9", error: "length" },
  { text: "13800130060", error: "length" },
  { text: "9".repeat(500), error: "length" },
  { text: numbered("100000"), error: "vacancy_code" },
  { text: `${ORIGIN}/v/${numbered("100000")}`, error: "vacancy_code" },
  { text: `${ORIGIN}/b/7`, error: "booth_code" },
  { text: `${ORIGIN}/m/3`, error: "market_day_code" },
  { text: `${ORIGIN}/enrol#abc`, error: "enrolment_code" },
  { text: `${ORIGIN}/`, error: "foreign" },
  { text: link("12"), error: "foreign" },
  { text: link("1".repeat(191)), error: "foreign" },
  { text: `${ORIGIN}/P/${paper}`, error: "foreign" },
  { text: `${ORIGIN}/me/${paper}`, error: "foreign" },
  { text: "WIFI:S:market;;", error: "foreign" },
  { text: "javascript:alert(1)", error: "foreign" },
  { text: `ftp://ganchang.example/p/${paper}`, error: "foreign" },
  { name: "79 bytes: the first of the 80 is 0", text: link(signed({ version: 0 })), error: "foreign" },
  { name: "signed, with a number that is none", text: link(signed({ number: wrong })), error: "foreign" },
  { name: "signed, with a number of 11 digits", text: link(signed({ number: "10000000427" })), error: "foreign" },
]

/** Signed passes that are read at `at` on market day `market_day`: the reason for attention, or null. */
const passes = [
  { name: "good", digits: good, at: NINE, reason: null },
  { name: "at its last second", digits: good, at: NOON, reason: null },
  { name: "a second too late", digits: good, at: "2026-02-24T12:00:01+08:00", reason: "pass_expired" },
  { name: "of another market day", digits: signed({ day: OTHER_DAY }), at: NINE, reason: "pass_other_day" },
  { name: "of another market day, and too late", digits: signed({ day: OTHER_DAY, expires: seconds(NINE) - 1 }), at: NINE, reason: "pass_other_day" },
  { name: "of a later version, signed by our key", digits: signed({ version: 2 }), at: NINE, reason: "pass_forged" },
  { name: "of a key that nobody knows", digits: signed({ key: UNKNOWN }), at: NINE, reason: "pass_forged" },
  { name: "with another signature", digits: signed({ spoil: 1 }), at: NINE, reason: "pass_forged" },
  { name: "of a revoked key, afterwards", digits: signed({ key: REVOKED }), at: NOON, reason: "pass_key_revoked" },
  { name: "of a revoked key, and of another day", digits: signed({ key: REVOKED, day: OTHER_DAY }), at: NOON, reason: "pass_key_revoked" },
  { name: "of a revoked key, with another signature", digits: signed({ key: REVOKED, spoil: 1 }), at: NOON, reason: "pass_forged" },
  // A tablet that has heard of the revocation reads it later than that; the server may hear of an earlier fact.
  { name: "of a revoked key, before it was revoked", digits: signed({ key: REVOKED }), at: NINE, reason: null, only: "server" },
]

const vector = {
  about: "Texts, and signed passes, as a tablet and the server must read them. Made by passes.mjs.",
  market_day: DAY,
  range: { first: numbered("100000000"), last: numbered("100000099") },
  keys: [
    { key_id: KEY, revoked_at: null },
    { key_id: REVOKED, revoked_at: "2026-02-24T11:00:00+08:00" },
  ],
  public: base64url(point),
  private_pem: privateKey.export({ type: "pkcs8", format: "pem" }),
  number: PHONE,
  texts,
  passes,
}
writeFileSync(new URL("passes.json", import.meta.url), JSON.stringify(vector, null, 1) + "\n")
