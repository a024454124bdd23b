import { formatCount, formatHundredths } from '../language/format.js'
import { label, type Language } from '../language/labels.js'
import type { Status } from '../measure/compare.js'
import type { State } from '../measure/result.js'
import type { Cell, Column } from './document.js'

/** What a cell says, in every renderer for people; empty where it has nothing to say. */
export function cellText(cell: Cell, language: Language, { isBare }: Pick<Column, 'isBare'> = { isBare: false }): string {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'count':
      return cell.value === null ? '' : formatCount(cell.value, language)
    case 'rate': {
      const mark = isBare && cell.status !== null ? statusMark(cell.status) : ''
      if (cell.shown === null) return isBare ? stateMark(cell.state) : stateText(cell.state, language)
      return (
        (cell.sign ? `${cell.sign} ` : '') + formatHundredths(cell.shown, language, isBare ? { unit: mark === '' ? '' : ` ${mark}` } : {})
      )
    }
    case 'points':
      return cell.shown === null ? '' : formatHundredths(cell.shown, language, { sign: cell.shown !== 0, unit: '' })
    case 'score':
      return cell.value === null ? '' : cell.value.toFixed(2).replace('.', language === 'vi' ? ',' : '.')
    case 'status':
      return label(language, cell.isBelow ? 'below' : cell.status)
    case 'trend':
      return ''
  }
}

/** A status as one sign, for narrow cells: only what someone must act on is marked. */
export function statusMark(status: Status): string {
  return status === 'missed' ? '▼' : ''
}

/** Why there is no figure, in words. */
export function stateText(state: State, language: Language): string {
  return label(language, state === 'value' ? 'no_data' : state)
}

/** Why there is no figure, as one sign that the caption explains. */
export function stateMark(state: State): string {
  return state === 'no_cases' ? '–' : state === 'not_computable' ? '×' : '·'
}

/** Whether a column is set flush right, digits under digits. */
export function isNumeric({ kind }: Pick<Column, 'kind'>): boolean {
  return kind !== 'text' && kind !== 'status' && kind !== 'trend'
}
