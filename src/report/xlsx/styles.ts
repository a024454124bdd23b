import type { CellStyle } from 'hucre/xlsx'

import type { Status } from '../../measure/compare.js'
import { statusMark } from '../cell.js'
import type { Cell } from '../document.js'

const INK = '1F2933'
const GREY = '667085'
const LINE = 'C9D1DB'
const HEADING = 'E4EAF1'
const TOTAL = 'F4F6F9'

/** What a status looks like besides its words and marks: told apart by lightness too, and by those who see no red or green. */
const TINTS: Partial<Record<Status, { fill: string; ink: string }>> = {
  missed: { fill: 'FBE0CC', ink: '8A3300' },
  met: { fill: 'E3EEF9', ink: INK },
  exceeded: { fill: 'E3EEF9', ink: INK },
  no_data: { fill: 'F0F1F3', ink: GREY },
}

/** What is written in no other font. */
export const FONT = { name: 'Arial', size: 10, color: { rgb: INK } }
const font = (more: CellStyle['font'] = {}): CellStyle['font'] => ({ ...FONT, ...more })
const fill = (rgb: string): CellStyle['fill'] => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb }, bgColor: { rgb } })
const line = { style: 'thin' as const, color: { rgb: LINE } }
const box = { top: line, right: line, bottom: line, left: line }
const ruled = { bottom: line }
const wrapped = { vertical: 'top' as const, horizontal: 'left' as const, wrapText: true, readingOrder: 'ltr' as const }

const plain = (more: CellStyle['font'] = {}): CellStyle => ({ font: font(more), alignment: wrapped })

export const TEXT = {
  office: plain({ color: { rgb: GREY } }),
  title: plain({ size: 15, bold: true }),
  subtitle: plain({ color: { rgb: GREY } }),
  sectionTitle: plain({ size: 13, bold: true }),
  caption: plain({ size: 10.5, bold: true }),
  paragraph: plain(),
  note: plain({ size: 9, color: { rgb: GREY } }),
  link: plain({ underline: true, color: { rgb: '1F4E79' } }),
}

export const heading: CellStyle = {
  font: font({ bold: true }),
  fill: fill(HEADING),
  border: box,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}

export const columnNumber: CellStyle = {
  font: font({ size: 9, italic: true }),
  fill: fill(HEADING),
  border: box,
  alignment: { horizontal: 'center', vertical: 'center' },
}

export interface BodyLook {
  isTotal: boolean
  isIndented?: boolean
  isNumeric?: boolean
  isFaint?: boolean
  format?: string
  tint?: Status | null
}

/** A cell of a table's body; the same look is the same object. */
export function body(look: BodyLook): CellStyle {
  const key = `${look.isTotal}|${look.isIndented}|${look.isNumeric}|${look.isFaint}|${look.tint}|${look.format}`
  let style = bodies.get(key)
  if (!style) bodies.set(key, (style = newBody(look)))
  return style
}

const bodies = new Map<string, CellStyle>()

function newBody({ isTotal, isIndented, isNumeric, isFaint, format, tint }: BodyLook): CellStyle {
  const look = tint ? TINTS[tint] : undefined
  const ink = look?.ink ?? (isFaint ? GREY : INK)
  return {
    ...(isTotal || ink !== INK ? { font: font({ bold: isTotal, color: { rgb: ink } }) } : {}),
    ...(look || isTotal ? { fill: fill(look?.fill ?? TOTAL) } : {}),
    border: ruled,
    alignment: isNumeric
      ? { horizontal: isFaint ? 'center' : 'right', vertical: 'top' }
      : { ...wrapped, ...(isIndented ? { indent: 1 } : {}) },
    ...(format === undefined ? {} : { numFmt: format }),
  }
}

/** What a rule lays over a cell that says a status. */
export function tinted(status: Status): CellStyle | null {
  const look = TINTS[status]
  return look ? { font: { color: { rgb: look.ink } }, fill: fill(look.fill) } : null
}

/**
 * How a figure is stored and how it looks: rates as the fraction that is shown, points as points of a per cent. Null: a text, or nothing.
 * A marked rate has its mark in the format, so that colour is not all that tells it; others leave room for one.
 */
export function numberOf(cell: Cell, isMarked: boolean): { value: number; format: string } | null {
  switch (cell.kind) {
    case 'count':
      return cell.value === null ? null : { value: cell.value, format: Number.isInteger(cell.value) ? '#,##0' : '#,##0.0#########' }
    case 'rate': {
      if (cell.shown === null) return null
      const mark = cell.status === null ? '' : statusMark(cell.status)
      const after = !isMarked ? '' : mark === '' ? '_ _▼' : `" ${mark}"`
      return { value: cell.shown / 10_000, format: `${cell.sign ? `"${cell.sign} "` : ''}0.00%${after}` }
    }
    case 'points':
      return cell.shown === null ? null : { value: cell.shown / 100, format: '+0.00;"−"0.00;0.00' }
    case 'score':
      return cell.value === null ? null : { value: Number(cell.value.toFixed(2)), format: '0.00' }
    default:
      return null
  }
}
