/** Handing over what is unsent, without network: as a sealed file, or as codes before another tablet's camera. */
import { framesOf } from "../rescue/frames.js"
import { keepAwake, SIDE, Show } from "../rescue/show.js"
import { wallClock } from "../log/clock.js"

const SPEEDS = [3, 5, 7, 9, 12] // frames a second
const USUAL = 2 // which of them

/** What is not for the templates' proxies: the bytes, the row of codes, what keeps the screen on. */
let box = null
let show = null
let sleep = () => {}

export const panel = (kiosk) => () => ({
  state: "making", facts: 0, tablet: "", showing: false, speed: USUAL, count: 0, saved: "",

  init() {
    this.$nextTick(() => this.$root.showModal())
    this.fit = () => this.size()
    addEventListener("resize", this.fit)
    return this.make()
  },

  destroy() {
    removeEventListener("resize", this.fit)
    this.stop()
  },

  async make() {
    try {
      box = await kiosk().handOver()
      if (!box) return (this.state = kiosk().unsent.length ? "failed" : "none")
      const { tablet } = JSON.parse(box.label)
      Object.assign(this, { facts: box.facts, tablet, state: "ready" })
    } catch (error) {
      console.error(error)
      this.state = "failed"
    }
  },

  get fileName() {
    const { market_day } = kiosk().meta
    const time = wallClock(new Date()).replace(":", "")
    return `ganchang-${market_day?.id ?? market_day}-${this.tablet}-${time}.sealed`
  },

  /** To another program where the tablet lets it, else among the downloads. */
  async saveFile() {
    const file = new File([box.bytes], this.fileName, { type: "application/octet-stream" })
    if (navigator.canShare?.({ files: [file] })) await navigator.share({ files: [file] }).catch(() => download(file))
    else download(file)
    this.saved = file.name
  },

  async showCodes() {
    const { count, text } = await framesOf(box.bytes, box.label)
    Object.assign(this, { showing: true, count })
    this.$store.screen.awake = true
    sleep = keepAwake()
    await this.$nextTick()
    show = new Show(this.$refs.codes, text)
    this.size()
    show.next()
    show.play(SPEEDS[this.speed])
  },

  faster(step) {
    this.speed = Math.min(SPEEDS.length - 1, Math.max(0, this.speed + step))
    show.play(SPEEDS[this.speed])
  },

  /** As large as the place for it, by whole pixels a module: even modules are read more easily. */
  size() {
    if (!this.showing) return
    const { clientWidth, clientHeight } = this.$refs.place
    const pixels = Math.floor((Math.min(clientWidth, clientHeight) * devicePixelRatio) / SIDE)
    this.$refs.codes.style.inlineSize = `${(pixels * SIDE) / devicePixelRatio}px`
  },

  get perSecond() {
    return SPEEDS[this.speed]
  },

  /** Ends the codes; the sheet stays, for the file or for another round. */
  stop() {
    show?.stop()
    sleep()
    show = null
    sleep = () => {}
    this.showing = false
    this.$store.screen.awake = false
  },

  close() {
    if (this.showing) return this.stop()
    this.$root.close()
  },

  /** Closed by its button or by the browser's own Escape. */
  gone() {
    this.stop()
    box = null
    this.$store.screen.rescue = false
  },
})

function download(file) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
