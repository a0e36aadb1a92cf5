/** A camera that ended, was taken by another program or froze is noticed within seconds, and one that works never. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { watchCamera } from "../../../static/js/scan/watch.js"

/** A camera that shows `rate` pictures a second; tick(n) lets n seconds pass. */
function camera(context, { counts = true } = {}) {
  context.mock.timers.enable({ apis: ["setInterval"] })
  const track = Object.assign(new EventTarget(), { readyState: "live", muted: false })
  const video = { srcObject: { getVideoTracks: () => [track] }, paused: false, played: 0, rate: 15, shown: 0, currentTime: 0 }
  video.play = async () => ((video.played += 1), (video.paused = false))
  if (counts) video.getVideoPlaybackQuality = () => ({ totalVideoFrames: video.shown })
  const [page, lost] = [{ hidden: false }, []]
  const stop = watchCamera(video, (why) => lost.push(why), page)
  const tick = (seconds) => {
    for (let i = 0; i < seconds; i++) {
      if (!video.paused) Object.assign(video, { shown: video.shown + video.rate, currentTime: video.currentTime + (video.rate ? 1 : 0) })
      context.mock.timers.tick(1_000)
    }
  }
  return { track, video, page, lost, stop, tick }
}

for (const counts of [true, false]) {
  const how = counts ? "" : ", in a browser that counts no pictures"
  test(`a camera that works is left alone${how}`, (context) => {
    const { lost, tick } = camera(context, { counts })
    tick(3_600)
    assert.deepEqual(lost, [])
  })

  test(`one that froze is noticed within seven seconds, once${how}`, (context) => {
    const { video, lost, tick } = camera(context, { counts })
    tick(60)
    video.rate = 0
    tick(4)
    assert.deepEqual(lost, [])
    tick(3)
    assert.deepEqual(lost, ["frozen"])
    tick(60)
    assert.deepEqual(lost, ["frozen"])
  })
}

test("an ended track is noticed at once, and at the next look where no event came", (context) => {
  const { track, lost, tick } = camera(context)
  tick(10)
  track.dispatchEvent(new Event("ended"))
  track.readyState = "ended"
  tick(10)
  assert.deepEqual(lost, ["ended"])
})

test("a permission taken away without an event is noticed too", (context) => {
  const { track, lost, tick } = camera(context)
  track.readyState = "ended"
  tick(2)
  assert.deepEqual(lost, ["ended"])
})

test("a muted camera is given some seconds to come back", (context) => {
  const { track, lost, tick } = camera(context)
  track.muted = true
  tick(4)
  track.muted = false
  tick(10)
  assert.deepEqual(lost, [])
  track.muted = true
  tick(7)
  assert.deepEqual(lost, ["muted"])
})

test("a video that the system paused is played again", (context) => {
  const { video, lost, tick } = camera(context)
  video.paused = true
  tick(10)
  assert.deepEqual([video.played, lost], [1, []])
})

test("of a page that nobody sees nothing is said", (context) => {
  const { video, page, lost, tick } = camera(context)
  Object.assign(page, { hidden: true })
  video.rate = 0
  tick(600)
  assert.deepEqual(lost, [])
})

test("a camera that was closed is watched no more", (context) => {
  const { track, lost, stop, tick } = camera(context)
  stop()
  track.dispatchEvent(new Event("ended"))
  track.readyState = "ended"
  tick(30)
  assert.deepEqual(lost, [])
})
