/** Names are found by what an operator types of their sound. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { readingsOf, spells } from "../../../static/js/codes/pinyin.js"

const isFound = (typed, name) => spells(typed, [...name])

test("a name is spelt by initials, whole, mixed and in characters", () => {
  for (const typed of ["w", "wx", "wxl", "wangxl", "wangxiulan", "wxlan", "王x", "王秀l", "王秀兰"]) assert.ok(isFound(typed, "王秀兰"), typed)
  for (const typed of ["x", "wl", "wxlo", "wangxiulann", "秀", "王兰"]) assert.ok(!isFound(typed, "王秀兰"), typed)
})

test("surnames are read as surnames, and as the word", () => {
  for (const [typed, name] of [["zx", "曾雪"], ["cx", "曾雪"], ["sxl", "单小龙"], ["qiu", "仇英"], ["xie", "解珍"], ["ouyang", "欧阳修"], ["gj", "盖娇"], ["ll", "吕梁"], ["lvl", "吕梁"]]) {
    assert.ok(isFound(typed, name), `${typed} ${name}`)
  }
})

test("characters of both levels and rare ones of names are read; what is none of them is not", () => {
  const read = (text) => [...text].map((character) => readingsOf(character)[0])
  assert.deepEqual(read("阿做鬯黪喆垚祎陈罗李"), ["a", "zuo", "chang", "can", "zhe", "yao", "yi", "chen", "luo", "li"])
  assert.deepEqual(readingsOf("𠮷"), [])
  assert.deepEqual(readingsOf("a"), [])
  assert.ok(isFound("anna w", "anna wu"))
})
