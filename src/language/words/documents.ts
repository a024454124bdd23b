/** Reports that people read: sections, columns and sentences about them. */
export const DOCUMENTS = {
  year_ago: { vi: 'Cùng kỳ', en: 'Year before' },
} as const
