import type { Definitions } from '../definitions/load.js'
import { displayHundredths, formatCount, formatHundredths } from '../language/format.js'
import { label, type Language } from '../language/labels.js'
import type { ReportedComparison } from '../measure/reported.js'

/** A reported figure beside what the dossiers say, as texts: the figure, the same computed, the difference ('' where there is none to say). */
export function reportedTexts(
  one: ReportedComparison,
  definitions: Definitions,
  language: Language,
): { reported: string; computed: string; difference: string } {
  const isRate = definitions.metrics.has(one.indicator)
  const { computed, computedShown } = one
  return {
    reported: reportedText(one, isRate, language),
    computed:
      computed === null
        ? label(language, 'not_computable')
        : computedShown !== null
          ? formatHundredths(computedShown, language)
          : isRate
            ? label(language, 'no_cases')
            : formatCount(computed.numerator, language),
    difference: differenceText(one, isRate, language),
  }
}

function reportedText(one: ReportedComparison, isRate: boolean, language: Language): string {
  const { numerator, denominator, value, measure, bound, shown, isContradiction } = one
  const count = (n: number): string => formatCount(n, language)
  const before = bound === null ? '' : `${bound} `
  if (measure === 'rank')
    return denominator === null ? label(language, 'rank_alone', { place: count(numerator!) }) : `${count(numerator!)}/${count(denominator)}`
  if (measure === 'places') {
    const key = value === 0 ? 'places_same' : value! > 0 ? 'places_up' : 'places_down'
    return label(language, key, { n: count(Math.abs(value!)) })
  }
  if (numerator !== null && denominator !== null) {
    const pair = `${count(numerator)}/${count(denominator)}`
    const share = denominator === 0 ? '' : formatHundredths(shown ?? displayHundredths(numerator, denominator), language)
    if (isContradiction) return `${pair} (${share}) ≠ ${percentOf(value!, language)}`
    return isRate && share !== '' ? share : share === '' ? pair : `${pair} (${share})`
  }
  if (measure === 'percent' || (isRate && value !== null)) return before + percentOf(value!, language)
  return before + count(numerator ?? value ?? 0)
}

const percentOf = (value: number, language: Language): string => formatHundredths(Math.round(Number(`${value.toFixed(12)}e4`)), language)

function differenceText({ difference, shown, computedShown }: ReportedComparison, isRate: boolean, language: Language): string {
  if (difference === null) return ''
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : ''
  if (!isRate) return sign + formatCount(Math.abs(difference), language)
  const points = (shown ?? 0) - (computedShown ?? 0)
  if (points === 0 && difference !== 0) return `${sign}<${formatHundredths(1, language, { unit: '' })}`
  return formatHundredths(difference === 0 ? 0 : points, language, { sign: difference !== 0, unit: '' })
}
