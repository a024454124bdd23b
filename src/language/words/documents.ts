/** Reports that people read: sections, columns and sentences about them. */
export const DOCUMENTS = {
  year_ago: { vi: 'Cùng kỳ', en: 'Year before' },
  overview: { vi: 'Tổng hợp', en: 'Overview' },
  contents: { vi: 'Nội dung', en: 'Contents' },
  met_or_exceeded: { vi: '● đạt hoặc vượt', en: '● met or exceeded' },
} as const
