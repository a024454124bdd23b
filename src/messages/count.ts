/** Numbers with the language's thousands and decimal marks: 205.773 (vi), 205,773 (en). */
export function formatCount(count: number, language: 'vi' | 'en'): string {
  const [thousands, decimal] = language === 'vi' ? ['.', ','] : [',', '.']
  const [whole, decimals] = String(count).split('.')
  return whole!.replace(/\B(?=(\d{3})+(?!\d))/g, thousands!) + (decimals === undefined ? '' : decimal! + decimals)
}
