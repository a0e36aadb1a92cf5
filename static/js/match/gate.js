/** What keeps a vacancy from being recommended to somebody: models/matching/gate.py, by the same codes in the same order. */
const PLACES = ["town", "county", "city", "outside"] // from near to far
const NIGHT = ["night", "rotating"]

const STANDS = {
  too_young: (wish, post, rules) => wish.age < rules.youngest,
  adults_only: (wish, post, rules) => post.adults_only && wish.age < rules.adult,
  welfare: (wish, post) => post.work_kind === "welfare",
  closed: (wish, post) => post.closed,
  expired: (wish, post) => post.expired,
  full: (wish, post) => post.remaining <= 0,
  work_kind: ({ work_kinds: kinds }, post) => kinds.length > 0 && post.work_kind !== "welfare" && !kinds.includes(post.work_kind),
  too_far: isTooFar,
  no_lodging: (wish, post) => wish.lodging && !post.lodging,
  night: (wish, post) => wish.night === false && NIGHT.includes(post.shift),
}

const CHECKS = Object.values(STANDS)

/** The codes of all that keeps a vacancy from being recommended; empty: nothing does. */
export function obstacles(wish, post, rules) {
  return Object.keys(STANDS).filter((code) => STANDS[code](wish, post, rules))
}

/** Whether nothing keeps a vacancy from being recommended to somebody. */
export function fits(wish, post, rules) {
  return !CHECKS.some((stands) => stands(wish, post, rules))
}

function isTooFar(wish, post) {
  const [goes, lies] = [PLACES.indexOf(wish.place), PLACES.indexOf(post.place)]
  if (goes < 0 || lies <= goes) return false
  return !(post.lodging && wish.travels)
}
