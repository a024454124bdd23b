import type { Definitions, Language } from '../index.js'
import { say } from '../messages/message.js'
import type { Context, GlobalOptions } from './command.js'

/** Drafts what the words of one file mean that nothing knows. Nothing is written where all are known. */
export async function draftWords(
  context: Context,
  files: string[],
  options: GlobalOptions & Record<string, unknown>,
  lang: Language,
  definitions: Definitions,
  how: object,
): Promise<number> {
  const { draftVocabulary, findUnknownWords, formatCount, inspectFile, label, ToolError, writeWhole } = await import('../index.js')
  if (files.length !== 1) throw new ToolError('usage', say('usage.one_file_of_words'), { hint: say('usage.name_one_file') })
  const target = String(options.writeVocabulary)
  const { sniffed, mapping } = await inspectFile(files[0]!, definitions, how)
  const unknown = await findUnknownWords(sniffed, mapping, definitions)
  const n = formatCount(
    unknown.reduce((sum, { words }) => sum + words.length, 0),
    lang,
  )
  if (unknown.length > 0) writeWhole(target, draftVocabulary(unknown, definitions, files[0]!, lang), context.cwd)
  context.out(` ✓ ${label(lang, unknown.length > 0 ? 'vocabulary_drafted' : 'vocabulary_complete', { n, file: target })}\n`)
  return 0
}
