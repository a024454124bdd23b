import { fold } from './fold.js'
import { label, type Language } from './labels.js'

const LANGUAGES = ['vi', 'en'] as const
const MODES = ['current', 'as-was'] as const
const keyOf = (mode: (typeof MODES)[number]) => (mode === 'current' ? 'form_units_current' : 'form_units_as_was')

/** Under whose units figures were counted, in words: the heading, and what stands under or beside it. */
export function unitsWords(mode: (typeof MODES)[number], language: Language): { heading: string; text: string } {
  return { heading: label(language, 'form_units'), text: label(language, keyOf(mode)) }
}

/** Reads such words again, in either language, with their heading or without it, and the ids themselves; null: it says something else. */
export function saidUnits(text: string): (typeof MODES)[number] | null {
  const said = fold(text)
  for (const mode of MODES) {
    if (said === mode) return mode
    for (const language of LANGUAGES) {
      const words = unitsWords(mode, language)
      if (said === fold(words.text) || said === fold(`${words.heading}: ${words.text}`)) return mode
    }
  }
  return null
}
