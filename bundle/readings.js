/**
 * Makes static/js/vendor/pinyin-readings.js: how Chinese characters are read, without tones, from the npm package pinyin-pro, which is
 * installed for that alone: `npm install --no-save pinyin-pro@3.29.4 && node bundle/readings.js`. What it makes is kept; no build needs it.
 *
 * The 3,755 characters of GB 2312's first level stand there in the order of their readings, so runs are enough. Its second level has one
 * reading a character, in the order of the codes. Others that people are named with follow one by one.
 */
import { writeFileSync } from "node:fs"
import { pinyin } from "pinyin-pro"

const FILE = new URL("../static/js/vendor/pinyin-readings.js", import.meta.url)
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
/** In names, and beyond GB 2312. */
const RARE = "喆垚镕旸翀昇堃瑄祎珺嫄炘玥湉璟瑀翃琤昉晙晗昕玙珅玗玟珩珮琬琰瑭璠璩璐瓅皓皞曦晏旻旼昳曈暐暻翯翾翂嬿婳婼姮姈妤姝妘婕嫣嫕嫚孄"
  + "彧彣炆炜炅烜烨煐煜熠熤燊燚犇骉鑫淼焱磊赟頔颋颢馨骅骁鸂鹍鹮麴黛昀昶晁枍栩桢梽棽楙榕槿橦櫆欤汭沄沅沚沺泓泠洺洢浛淏渼湜滢漪潆潞澍澔澧濛濬灏炻琇瑾瓘邴郃郗鄢鄠隗隽霂霈霏霙靓靖韡祐祺禛禤禩稑竑筠筱箬籣綦"
  + "芃芊芮芸苒茉茗荀荃荻莀莹菀菡萱葳蓁蓉蓥蔚蕊蕙薇藜蘅虓蛟裎褚誉诒谌谖谟谡豫贇赉趙軒轩逄逯郦郜鄞釆钊钏钖钘铖铠锜锟锳镔镝镠镡闫闵阚阊瞿禇亓仉佟佘侴俞俣偲僮儁儆冼冮凃凇勍勐匡卮厍厐哿啟喬圳坤垌垲埈埕塬奡奭妧妭姣姱娴娸婧媖媛嬅宓宸寔尕尧岚岱峣崟崧崴嶓嶔"
/** Of other characters with several readings, those with which people are named differently than they are mostly read. */
const ALSO = { 乐: "yue", 长: "zhang", 茜: "xi", 重: "zhong", 朝: "zhao", 晟: "cheng", 行: "xing", 兴: "xing", 都: "du", 盛: "sheng", 贾: "jia", 沈: "shen", 石: "shi", 藏: "zang", 会: "hui", 柏: "bo", 娜: "na", 露: "lu", 莎: "sha", 圳: "zhen" }

const decoder = new TextDecoder("gbk")
const readingOf = (character, mode = "normal") => pinyin(character, { toneType: "none", v: true, type: "array", mode })[0]

function charactersOf(first, last) {
  const found = []
  for (let row = first; row <= last; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) found.push(decoder.decode(Uint8Array.of(row, cell)))
  }
  return found.filter((character) => /^\p{Script=Han}$/u.test(character))
}

function runsOf(characters) {
  const runs = []
  for (const reading of characters.map((character) => readingOf(character))) {
    if (runs[runs.length - 1]?.[0] === reading) runs[runs.length - 1][1] += 1
    else runs.push([reading, 1])
  }
  return runs.map(([reading, count]) => reading + count).join("")
}

const [usual, others] = [charactersOf(0xb0, 0xd7), charactersOf(0xd8, 0xf7)]
const known = new Set([...usual, ...others])
const rare = [...new Set(RARE)].filter((character) => !known.has(character) && /^[a-z]+$/.test(readingOf(character)))
const syllables = [...new Set([...others, ...rare].map((character) => readingOf(character)))].sort()
const code = (reading) => DIGITS[syllables.indexOf(reading) >> 6] + DIGITS[syllables.indexOf(reading) & 63]

/** Surnames that are read otherwise than the word: 曾, 单, 解. */
const also = new Map(Object.entries(ALSO))
for (const character of known) if (readingOf(character, "surname") !== readingOf(character)) also.set(character, readingOf(character, "surname"))
const escaped = (text) => [...text].map((letter) => (letter < "~" ? letter : `\\u${letter.codePointAt(0).toString(16)}`)).join("")
const more = [...also].filter(([character, reading]) => readingOf(character) !== reading).map((pair) => pair.join("")).join("")

writeFileSync(FILE, `/*! readings from pinyin-pro 3.29.4, (c) 2022 zh-lx, MIT; made by bundle/readings.js */
export const DIGITS = "${DIGITS}"
export const RUNS = "${runsOf(usual)}"
export const SYLLABLES = "${syllables.join(" ")}"
export const OTHERS = "${others.map((character) => code(readingOf(character))).join("")}"
export const RARE = "${escaped(rare.join(""))}"
export const OF_RARE = "${rare.map((character) => code(readingOf(character))).join("")}"
export const ALSO = "${escaped(more)}"
`)
console.log(rare.length, also.size, more)
