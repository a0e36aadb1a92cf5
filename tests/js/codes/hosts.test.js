/** Which hosts are ours: the page's own and those that it was told. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { ourHosts } from "../../../static/js/codes/hosts.js"

const page = (host, origins) => ({ location: { host }, document: { documentElement: { dataset: origins === undefined ? {} : { origins } } } })

test("the page's own host, the printed one and former ones", () => {
  assert.deepEqual(ourHosts(page("192.168.1.5:8000", "https://ganchang.example http://old.example:8000")), ["192.168.1.5:8000", "ganchang.example", "old.example:8000"])
})

test("what is no address is left out, and a page of an earlier release says nothing", () => {
  assert.deepEqual(ourHosts(page("ganchang.example", "nonsense  ")), ["ganchang.example"])
  assert.deepEqual(ourHosts(page("ganchang.example")), ["ganchang.example"])
  assert.deepEqual(ourHosts({}), [])
})
