/** Finding, showing and correcting a person, without a page. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { Day } = await import("../../../static/js/day/day.js")
const { spells } = await import("../../../static/js/codes/pinyin.js")
const { Records } = await import("../../../static/js/log/records.js")
const { amendmentOf, faultsIn, formOf, undoOf } = await import("../../../static/js/kiosk/find-correct.js")
const { pageOf, statesOf } = await import("../../../static/js/kiosk/find-page.js")
const { twinsOf } = await import("../../../static/js/kiosk/find-twins.js")
const { peopleIn, search } = await import("../../../static/js/kiosk/find-search.js")
const { numbered } = await import("../cast.js")
const { vectors } = await import("../vectors.js")

const [WANGS, LOST, LONE] = ["100001234", "100005678", "100009012"].map(numbered)
const candidate = (id, data) => ({ kind: "candidate", id, data: { person: id, passes: [], void_passes: [], version: 1, ...data } })
const RECORDS = [
  candidate("wang", { name: "王秀兰", birth_year: 1978, passes: [WANGS], void_passes: [LOST], phone_end: "6677", sex: "female", groups: ["DIS"] }),
  candidate("zeng", { name: "曾小明", birth_year: 1990 }),
  candidate("twin", { person: "zeng", name: "曾晓明", birth_year: 1990 }),
  candidate("chen", { name: "陈", birth_year: null }), // by a number alone
  { kind: "vacancy", id: "1000006", data: { number: "1000006", title: "焊工", employer: "云雾机械" } },
]
const fact = (seq, kind, data, id = `f${seq}`) => ({ seq, id, kind, at: `2026-02-24T09:0${seq}:00+08:00`, data })
const LOG = [
  fact(1, "check_in.recorded", { pass: LONE, vacancy: "1000006" }), fact(2, "check_in.recorded", { candidate: "wang", vacancy: "1000006" }),
  fact(3, "candidate.registered", { name: "Anna Wu", birth_year: 1985, phone_end: "0042", contact: "box" }, "anna"),
  fact(4, "visit.recorded", { candidate: "wang" }), fact(5, "consent.given", { candidate: "wang", vacancy: "1000006" }, "c5"),
]
const MARKET = { kind: "market_day", id: "1", data: { date: "2026-02-24", min_birth_year: 2010, turning_birth_year: 2010 } }
const kiosk = () => {
  const records = new Records([...RECORDS, MARKET])
  return { records, day: new Day(records, LOG), log: LOG }
}
const found = (text, options = { spells }) => search(peopleIn(kiosk().day), text, options).people.map(({ key }) => key)

test("by name, as it is written or spelt, from the first character or a later one", () => {
  for (const text of ["王秀兰", "王", " 秀兰", "wxl", "WXL", "wangxiulan", "xiul"]) assert.deepEqual(found(text), ["wang"], text)
  assert.deepEqual(found("zxm"), ["zeng"]) // two registrations are one person
  assert.deepEqual(found("anna w"), ["anna"])
  assert.deepEqual(found("xyz"), [])
  assert.deepEqual(found(" "), [])
})

test("by the last digits of a pass or a phone, also of a pass without a name", () => {
  assert.deepEqual(found(WANGS.slice(-4)), ["wang"])
  assert.deepEqual(found(WANGS), ["wang"])
  assert.deepEqual(found("6677"), ["wang"])
  assert.deepEqual(found("13800000042"), ["anna"])
  assert.deepEqual(found(LONE.slice(-4)), [LONE])
  assert.deepEqual(found(LOST.slice(-4)), []) // it is void: who found it is not its owner
  assert.deepEqual(found("42"), []) // too little
})

test("without an operator nobody is found by a name", () => {
  assert.deepEqual(found("王秀兰", { spells: null }), [])
  assert.deepEqual(found(WANGS.slice(-4), { spells: null }), ["wang"])
})

test("no more than a screen of people, and how many there are", () => {
  const many = Array.from({ length: 30 }, (_, place) => ({ key: place, names: [["王"]], passes: [], ends: [], ms: 0 }))
  const { people, count } = search(many, "w", { spells, limit: 20 })
  assert.deepEqual([people.length, count], [20, 30])
})

test("the page shows what this tablet may know, and never a key group", () => {
  const page = pageOf(kiosk(), { candidate: "wang" })
  assert.equal(page.title, "王秀兰")
  assert.deepEqual(page.facts.map(({ what, value }) => [what, value]), [["birth_year", "1978"], ["phone", "find.phone_end"], ["sex", "find.female"]])
  assert.deepEqual(page.passes.map(({ number, kind }) => [number, kind]), [[WANGS, "card"], [LOST, "void"]])
  assert.deepEqual(page.ties.map(({ title, stage }) => [title, stage]), [["焊工", "stage.interested"]])
  assert.deepEqual(page.consents.map(({ employer, stands }) => [employer, stands]), [["云雾机械", true]])
  assert.deepEqual([page.visits.length, page.registered], [1, null])
  assert.ok(!JSON.stringify(page).includes("DIS"))
  assert.equal(pageOf(kiosk(), { candidate: "anna" }).registered.id, "anna")
  const known = pageOf(kiosk(), { candidate: "chen" })
  assert.deepEqual([known.title, known.facts], ["陈", []])
  assert.equal(pageOf(kiosk(), { pass: LONE }).candidate, null)
})

test("a correction says what differs and from which version, and is set back by another", () => {
  const { day, log } = kiosk()
  const wang = day.people.candidates.get("wang")
  const form = { ...formOf(wang), name: "汪秀兰", birth_year: "１９７９年" }
  const amendment = amendmentOf(wang, form)
  assert.deepEqual(amendment, { name: "汪秀兰", birth_year: 1979, based_on: 1 })
  assert.deepEqual(undoOf(wang, amendment, log), [{ kind: "candidate.amended", id: "wang", data: { based_on: 2, name: "王秀兰", birth_year: 1978 } }])
  assert.equal(amendmentOf(wang, formOf(wang)), null)
})

test("a phone number is set back where the tablet has the earlier one's box, taken away where there was none", () => {
  const { day, log } = kiosk()
  const amendment = { phone: "13800000001", based_on: 1 }
  const undone = (id) => undoOf(day.people.candidates.get(id), amendment, log).map(({ data }) => data)
  assert.deepEqual(undone("anna"), [{ based_on: 2, contact: "box", phone_end: "0042" }])
  assert.deepEqual(undone("zeng"), [{ based_on: 2, cleared: ["phone"] }])
  assert.deepEqual(undone("wang"), []) // in the office only
})

test("a phone number that is not as long as one is asked about once; a child stays out", () => {
  const { day, records } = kiosk()
  const market = records.first("market_day")
  const form = { ...formOf(day.people.candidates.get("wang")), phone: "1380013800" }
  assert.deepEqual(faultsIn(form, market, ""), { phone: "phone_unusual" })
  assert.deepEqual(faultsIn(form, market, "1380013800"), {})
  assert.deepEqual(faultsIn({ ...form, phone: "", birth_year: "2015" }, market, ""), { birth_year: "under_16" })
  assert.deepEqual(faultsIn({ ...form, phone: "", name: " " }, market, ""), { name: "name_missing" })
})

test("a consent has a state, whoever recorded it", () => {
  const told = (withdrawn) => ({ ...RECORDS[0], data: { ...RECORDS[0].data, consents: [{ id: "c1", vacancy: "1000006", withdrawn }] } })
  const stateOf = (day) => statesOf(day, "wang").map(({ id, vacancy, withdrawn }) => [id, vacancy, withdrawn])
  assert.deepEqual(stateOf(new Day(new Records([told(false)]))), [["c1", "1000006", false]])
  const withdrawn = fact(2, "consent.withdrawn", { candidate: "wang", vacancy: "1000006" }, "c1")
  assert.deepEqual(stateOf(new Day(new Records([told(false)]), [withdrawn])), [["", "1000006", true]])
  const given = fact(1, "consent.given", { candidate: "wang", vacancy: "1000006" }, "c1")
  assert.deepEqual(stateOf(new Day(new Records([told(true)]), [given])), [["c1", "1000006", true]]) // on the phone, since
  const anew = fact(3, "consent.given", { candidate: "wang", vacancy: "1000006" }, "c2")
  assert.deepEqual(stateOf(new Day(new Records([told(true)]), [given, withdrawn, anew])), [["c2", "1000006", false]])
})

test("while a name is typed, who has it already is shown, however it is written", () => {
  const twinsIn = (kiosk, form) => twinsOf(kiosk, { birth_year: "", phone: "", ...form }).map(({ key }) => key)
  for (const { a, b, persons } of vectors("cases/same_person").cases) {
    const records = new Records([candidate("first", { name: a[0], birth_year: 1970, phone_end: a[1].slice(-4) })])
    const day = new Day(records, [])
    assert.deepEqual(twinsIn({ records, day }, { name: b[0], birth_year: "1970", phone: b[1] }), ["first"], `${a} ${b} ${persons}`) // also who may be another: it is asked
  }
  assert.deepEqual(twinsIn(kiosk(), { name: "王秀兰" }), ["wang"])
  assert.deepEqual(twinsIn(kiosk(), { name: "王秀兰", birth_year: "1979" }), [])
  assert.deepEqual(twinsIn(kiosk(), { name: "王秀南", birth_year: "1978", phone: "138 0000 6677" }), ["wang"]) // one phone, one year
  assert.deepEqual(twinsIn(kiosk(), { name: "王" }), []) // half the village
  assert.deepEqual(twinsIn(kiosk(), { name: "陈" }), [])
  assert.deepEqual(twinsIn(kiosk(), { name: "曾小明" }), ["zeng"])
})
