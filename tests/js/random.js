/** Chance that is the same every time: {below(n), one(list), perhaps(share)} from a seed. Source: mulberry32, T. Ettinger, public domain. */
export function chanceOf(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n) => Math.floor(next() * n)
  return { below, one: (list) => list[below(list.length)], perhaps: (share) => next() < share }
}
