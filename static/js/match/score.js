/** How well a vacancy fits a wish, 0 to 100, in whole numbers by parts: models/matching/score.py. */

/** A vacancy with what is the same for everybody. `said`: its trade by its title; `pay`: fen a month, or null. */
export function prepare(post, titles, rules) {
  const { points } = rules
  const said = titles.tradeOf(post.title) || post.trade
  const terms = termsPoints(post, points.terms)
  return { post, said, terms, place: placePoints(post, points.place), pay: typical(post, rules), fresh: freshPoints(post, points.fresh) }
}

/** A wish with the trades that it names, by ticks and in its own words, and their neighbours. */
export function seek(wish, rules) {
  const table = rules.trades
  const named = wish.words && Object.keys(table).find((trade) => table[trade].words.some((word) => wish.words.includes(word)))
  const trades = new Set(named ? [...wish.trades, named] : wish.trades)
  const near = new Set([...trades].flatMap((trade) => (table[trade] ? table[trade].near : [])))
  return { wish, trades, near }
}

/** The points by what they were given for. `middle`: the middle pay a month of the market day, in fen; 0 if unknown. */
export function score(sought, offered, titles, middle, rules) {
  const { points } = rules
  const { wish } = sought
  const { post } = offered
  const farOrNeeded = wish.lodging || post.place === "city" || post.place === "outside"
  return {
    trade: tradePoints(sought, offered, titles, points.trade),
    place: offered.place,
    pay: payPoints(wish.pay_min_fen, offered.pay, middle, points.pay),
    terms: offered.terms + (post.lodging && farOrNeeded ? points.terms.lodging : 0),
    older: post.suits_older && wish.age >= rules.older_from ? points.older : 0,
    fresh: offered.fresh,
  }
}

function tradePoints({ wish, trades, near }, { post, said }, titles, points) {
  if (trades.has(said)) return said === post.trade ? points.same : points.by_title
  const byFile = trades.has(post.trade) ? points.by_file : 0
  return Math.max(byFile, near.has(said) ? points.near : 0, wish.words ? titles.points(wish.words, post.title) : 0)
}

/** A pay as fen a month; null when it is by the piece or not said. */
export function monthly(amount, unit, rules) {
  if (amount === null || !["month", "day", "hour"].includes(unit)) return null
  return unit === "month" ? amount : amount * rules.month[unit]
}

/** What somebody may count on a month: the lowest pay, and a third of what the highest is above it. */
export function typical(post, rules) {
  const least = monthly(post.pay_min_fen, post.pay_unit, rules)
  if (least === null) return null
  return least + Math.floor(Math.max((monthly(post.pay_max_fen, post.pay_unit, rules) || least) - least, 0) / 3)
}

function placePoints(post, points) {
  if (post.km === null) return points[post.place || "unknown"] ?? points.unknown
  return Math.max(points.town - Math.floor(post.km / points[post.lodging ? "km_a_point_with_lodging" : "km_a_point"]), 0)
}

function payPoints(wanted, pay, middle, points) {
  if (pay === null) return points.unknown
  if (wanted) return step(points.wish, Math.floor((pay * 100) / wanted))
  return step(points.middle, middle ? Math.floor((pay * 100) / middle) : 100)
}

function step(steps, percent) {
  let place = steps.length
  while (place > 0) if (percent >= steps[--place][0]) return steps[place][1]
  return 0
}

function termsPoints(post, points) {
  return (
    (post.board ? points.board : 0) +
    (post.shift === "day" || post.shift === "flexible" ? points.hours : 0) +
    (post.starts_now ? points.starts_now : 0)
  )
}

function freshPoints(post, points) {
  const ofLate = post.checked_days !== null && post.checked_days <= points.days
  return (ofLate ? points.checked : 0) + Math.floor((points.left * Math.min(post.remaining, points.many)) / points.many)
}
