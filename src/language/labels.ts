import { DOCUMENTS } from './words/documents.js'
import { FIGURES } from './words/figures.js'
import { FORM } from './words/form.js'
import { LISTS } from './words/lists.js'
import { LOADING } from './words/loading.js'
import { NOTES } from './words/notes.js'
import { PAGE } from './words/page.js'
import { REASONS } from './words/reasons.js'
import { WRITTEN } from './words/written.js'
import { fill, type Both, type Language } from '../messages/message.js'

export type { Language } from '../messages/message.js'

/** Every word the program prints for people, in both languages; a file in words/ for each matter. {x} are filled in. */
const LABELS = {
  ...FIGURES,
  ...NOTES,
  ...DOCUMENTS,
  ...PAGE,
  ...FORM,
  ...LISTS,
  ...LOADING,
  ...REASONS,
  ...WRITTEN,
} as const

export type LabelKey = keyof typeof LABELS

/** Whether there are words for it. */
export const isLabel = (key: string): key is LabelKey => key in LABELS

/** Why a row was rejected, in words. */
export function reasonLabel(language: Language, reason: string): string {
  const key = `reason_${reason}`
  return isLabel(key) ? LABELS[key][language] : reason.replaceAll('_', ' ')
}

/** Why a row was skipped, in words; what a layout calls it stays as it is. */
export function skipLabel(language: Language, reason: string): string {
  const key = `skip_${reason.replaceAll(' ', '_')}`
  return isLabel(key) ? LABELS[key][language] : reason
}

/** The same in both languages, for a message. */
export const reasonWords = (reason: string): Both => ({ vi: reasonLabel('vi', reason), en: reason.replaceAll('_', ' ') })

/** All labels of a language, for the tests. */
export const labelsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(LABELS).map(([key, label]) => [key, label[language]]))

/** A label with its {places} filled. */
export function label(language: Language, key: LabelKey, values: Record<string, string | number> = {}): string {
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  return fill(LABELS[key][language], texts, language)
}
