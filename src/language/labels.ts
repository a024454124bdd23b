import { DOCUMENTS } from './words/documents.js'
import { FIGURES } from './words/figures.js'
import { FORM } from './words/form.js'
import { LISTS } from './words/lists.js'
import { LOADING } from './words/loading.js'
import { NOTES } from './words/notes.js'
import { REASONS } from './words/reasons.js'

export type Language = 'vi' | 'en'

/** Every word the program prints for people, in both languages; a file in words/ for each matter. {x} are filled in. */
const LABELS = {
  ...FIGURES,
  ...NOTES,
  ...DOCUMENTS,
  ...FORM,
  ...LISTS,
  ...LOADING,
  ...REASONS,
} as const

export type LabelKey = keyof typeof LABELS

/** Why a row was rejected, in words. */
export function reasonLabel(language: Language, reason: string): string {
  const key = `reason_${reason}`
  return key in LABELS ? LABELS[key as LabelKey][language] : reason.replaceAll('_', ' ')
}

/** All labels of a language, for the tests. */
export const labelsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(LABELS).map(([key, label]) => [key, label[language]]))

/** A label with its {places} filled. */
export function label(language: Language, key: LabelKey, values: Record<string, string | number> = {}): string {
  return LABELS[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
