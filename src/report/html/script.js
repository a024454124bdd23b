/* Sorts tables by their headings and finds rows. The page is complete without it. */
const words = document.querySelector('main').dataset
const isVietnamese = document.documentElement.lang === 'vi'
const collator = new Intl.Collator('vi', { numeric: true })
const WORTH_FINDING = 20

/** What a cell is sorted by: months and figures as numbers, other texts as they are, null where there is nothing. */
const keyOf = (cell) => {
  const text = cell.textContent.trim()
  const month = /^(\d{1,2})\/(\d{4})$/.exec(text)
  if (month) return Number(month[2]) * 12 + Number(month[1])
  if (cell.tagName === 'TH' || cell.classList.contains('t')) return text || null
  const plain = text
    .replaceAll(isVietnamese ? '.' : ',', '')
    .replace(',', '.')
    .replace('−', '-')
  const number = Number.parseFloat(plain)
  return Number.isNaN(number) ? null : number
}

const compare = (one, other, direction) => {
  if (one === null || other === null) return (one === null) - (other === null)
  if (typeof one === 'number' && typeof other === 'number') return (one - other) * direction
  return collator.compare(one, other) * direction
}

/** Letters without their accents: who types "dam doi" finds "Đầm Dơi". */
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

const makeSortable = (table) => {
  const body = table.tBodies[0]
  const rows = [...body.rows]
  const isTotal = (row) => row.classList.contains('total')
  const first = rows.findIndex((row) => !isTotal(row))
  const last = rows.findLastIndex((row) => !isTotal(row))
  const headings = [...table.tHead.rows[0].cells]
  for (const [column, heading] of headings.entries()) {
    if (rows.every((row) => row.cells[column].textContent === '')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.title = words.sort
    button.append(...heading.childNodes)
    heading.append(button)
    button.addEventListener('click', () => {
      const direction = heading.ariaSort === 'ascending' ? -1 : 1
      for (const other of headings) other.removeAttribute('aria-sort')
      heading.ariaSort = direction === 1 ? 'ascending' : 'descending'
      const keyed = rows.slice(first, last + 1).map((row) => ({ row, key: keyOf(row.cells[column]) }))
      keyed.sort((one, other) => compare(one.key, other.key, direction))
      body.append(...rows.slice(0, first), ...keyed.map(({ row }) => row), ...rows.slice(last + 1))
    })
  }
}

const makeFindable = (table) => {
  const rows = [...table.tBodies[0].rows]
  const texts = rows.map((row) => fold(row.cells[0].textContent))
  const field = document.createElement('p')
  const name = document.createElement('label')
  const input = document.createElement('input')
  const found = document.createElement('output')
  input.type = 'search'
  field.className = 'find'
  name.append(words.search, input)
  field.append(name, found)
  table.parentElement.before(field)
  input.addEventListener('input', () => {
    const wanted = fold(input.value.trim())
    for (const [i, row] of rows.entries()) row.hidden = !texts[i].includes(wanted)
    const shown = rows.filter((row) => !row.hidden).length
    found.value = wanted === '' ? '' : words.found.replace('{n}', shown).replace('{of}', rows.length)
  })
}

for (const table of document.querySelectorAll('.sortable, .broad')) {
  if (table.matches('.sortable')) makeSortable(table)
  if (table.tBodies[0].rows.length > WORTH_FINDING) makeFindable(table)
}

/* Paper has no folds: browsers that do not unfold them by style do it here. */
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
