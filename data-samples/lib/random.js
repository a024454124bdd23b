/**
 * A seeded source of random numbers (mulberry32) and the choices the samples need.
 * The same seed gives the same sequence on every machine.
 */
export function randomSource(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (from, until) => from + Math.floor(next() * (until - from + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (values) => values[Math.floor(next() * values.length)],
  }
}

/**
 * Exactly `count` of `items`, as a Set; an item of weight w is w times as likely to be among them.
 * Items of weight Infinity are always taken, items of weight 0 never.
 */
export function sampleExactly(random, items, count, weightOf = () => 1) {
  const keys = new Float64Array(items.length)
  for (let i = 0; i < items.length; i++) {
    const weight = weightOf(items[i])
    const waiting = -Math.log(1 - random.next())
    keys[i] = weight === Infinity ? -1 : weight > 0 ? waiting / weight : Infinity
  }
  const order = keys.slice().sort()
  if (count > items.length || (count > 0 && order[count - 1] === Infinity)) {
    throw new Error(`cannot choose ${count} of ${items.length}`)
  }
  const chosen = new Set()
  if (count === 0) return chosen
  const limit = order[count - 1]
  for (let i = 0; i < items.length; i++) if (keys[i] < limit) chosen.add(items[i])
  for (let i = 0; chosen.size < count; i++) if (keys[i] === limit) chosen.add(items[i])
  return chosen
}

/** A list in which each item occurs in proportion to its weight: one `pick` then respects the weights. */
export function weightedSlots(items, weightOf, slots = 400) {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  return items.flatMap((item) => Array(Math.max(1, Math.round((weightOf(item) / total) * slots))).fill(item))
}
