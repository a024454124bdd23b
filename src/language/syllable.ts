const ONSETS = 'ngh ng nh n gh gi g kh k ph p th tr t ch c qu b d đ h l m r s v x'
const RHYMES = `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
  uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu`
const SYLLABLE = new RegExp(`^(?:${ONSETS.split(' ').join('|')})?(?:${RHYMES.split(/\s+/).join('|')})$`)
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Whether a word is spelt as Vietnamese spells: an onset, a rhyme, one tone at most. */
export function isSyllable(word: string): boolean {
  const parts = word.toLowerCase().normalize('NFD')
  if ((parts.match(TONE)?.length ?? 0) > 1) return false
  return SYLLABLE.test(parts.replace(TONE, '').normalize('NFC'))
}

/** The words of a text with letters beyond ASCII: how many, and how many of them are Vietnamese syllables. */
export function countSyllables(text: string): { words: number; syllables: number } {
  const counts = { words: 0, syllables: 0 }
  for (const [word] of text.normalize('NFC').matchAll(/[\p{L}\p{M}]+/gu)) {
    // oxlint-disable-next-line no-control-regex
    if (/^[\u0000-\u007f]*$/.test(word)) continue
    counts.words++
    if (isSyllable(word)) counts.syllables++
  }
  return counts
}
