import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { curveStep, line } from 'd3-shape'

export type Point = readonly [x: number, y: number]

/** From figures to places in a drawing. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): ScaleLinear<number, number> {
  return scaleLinear(domain, range)
}

/** The path through points; null is a gap, and a point between two gaps a dot. Empty where there is no point. */
export function path(points: readonly (Point | null)[], isStepped = false): string {
  const draw = line<Point | null>(
    (point) => point![0],
    (point) => point![1],
  )
    .defined((point) => point !== null)
    .digits(1)
  return (isStepped ? draw.curve(curveStep) : draw)([...points]) ?? ''
}

/** A number of a drawing, as short as it may be. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10)
}
