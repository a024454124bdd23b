import fc from 'fast-check'

/** The columns of the oracle's rows, with the values they have there. */
export const COLUMNS = {
  channel: ['online', 'in_person', 'postal', null],
  payment: ['online', 'cash', null],
  fee: [0, 5, 9, null],
  is_assisted: [true, false, null],
} as const
export type Row = { [Column in keyof typeof COLUMNS]: (typeof COLUMNS)[Column][number] }

type Choice = 'channel' | 'payment'
export type Expression =
  | { is: 'flag' }
  | { is: 'compare'; sign: '=' | '<>' | '<' | '>=' | 'IS DISTINCT FROM'; value: number; isReversed: boolean }
  | { is: 'equal'; column: Choice; sign: '=' | '<>'; value: string; isReversed: boolean }
  | { is: 'in'; column: Choice; isNot: boolean; values: string[] }
  | { is: 'between'; isNot: boolean; from: number; to: number }
  | { is: 'null'; isNot: boolean; of: keyof Row | Expression }
  | { is: 'coalesce'; value: number }
  | { is: 'case'; when: Expression; yes: Expression; no: Expression | null }
  | { is: 'not'; of: Expression }
  | { is: 'and' | 'or'; of: Expression[] }

const number = fc.constantFrom(0, 5, 9)
const choice = fc.oneof(
  fc.record({ column: fc.constant('channel' as const), value: fc.constantFrom('online', 'in_person', 'postal') }),
  fc.record({ column: fc.constant('payment' as const), value: fc.constantFrom('online', 'cash') }),
)
const isNot = fc.boolean()

/** Conditions over a few columns, three levels deep or so. */
export const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.constant<Expression>({ is: 'flag' }),
    fc.record({
      is: fc.constant('compare' as const),
      sign: fc.constantFrom('=', '<>', '<', '>=', 'IS DISTINCT FROM'),
      value: number,
      isReversed: fc.boolean(),
    }),
    fc
      .tuple(choice, fc.constantFrom('=' as const, '<>' as const), fc.boolean())
      .map(([said, sign, isReversed]): Expression => ({ is: 'equal', ...said, sign, isReversed })),
    fc.tuple(choice, isNot).map(([{ column, value }, not]): Expression => ({ is: 'in', column, isNot: not, values: [value, 'online'] })),
    fc.record({ is: fc.constant('between' as const), isNot, from: number, to: number }),
    fc.record({ is: fc.constant('null' as const), isNot, of: fc.constantFrom<keyof Row>('channel', 'payment', 'fee', 'is_assisted') }),
    fc.record({ is: fc.constant('coalesce' as const), value: number }),
  ) as fc.Arbitrary<Expression>,
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('leaf'),
    fc.record({ is: fc.constant('not' as const), of: tie('any') }),
    fc.record({ is: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ is: fc.constant('null' as const), isNot, of: tie('any') }),
    fc.record({ is: fc.constant('case' as const), when: tie('any'), yes: tie('any'), no: fc.option(tie('any')) }),
  ) as fc.Arbitrary<Expression>,
})).any

/** The condition as SQL, with no more parentheses than it needs around AND, OR and NOT. */
export function sqlOf(one: Expression): string {
  const not = 'isNot' in one && one.isNot ? 'NOT ' : ''
  switch (one.is) {
    case 'flag':
      return 'is_assisted'
    case 'compare':
      return one.isReversed ? `${one.value} ${REVERSED[one.sign]} fee` : `fee ${one.sign} ${one.value}`
    case 'equal':
      return one.isReversed ? `'${one.value}' ${one.sign} ${one.column}` : `${one.column} ${one.sign} '${one.value}'`
    case 'in':
      return `${one.column} ${not}IN (${one.values.map((value) => `'${value}'`).join(', ')})`
    case 'between':
      return `fee ${not}BETWEEN ${one.from} AND ${one.to}`
    case 'null':
      return `${typeof one.of === 'string' ? one.of : `(${sqlOf(one.of)})`} IS ${not}NULL`
    case 'coalesce':
      return `coalesce(fee, ${one.value}) > 4`
    case 'case':
      return `CASE WHEN ${sqlOf(one.when)} THEN ${sqlOf(one.yes)}${one.no ? ` ELSE ${sqlOf(one.no)}` : ''} END`
    case 'not':
      return `NOT ${one.of.is === 'and' || one.of.is === 'or' ? `(${sqlOf(one.of)})` : sqlOf(one.of)}`
    case 'or':
      return one.of.map((part) => (part.is === 'or' ? `(${sqlOf(part)})` : sqlOf(part))).join(' OR ')
    case 'and':
      return one.of.map((part) => (part.is === 'or' ? `(${sqlOf(part)})` : sqlOf(part))).join(' AND ')
  }
}

const REVERSED = { '=': '=', '<>': '<>', '<': '>', '>=': '<=', 'IS DISTINCT FROM': 'IS DISTINCT FROM' } as const

/** What the condition is of a row; null: unknown. */
export function evaluate(one: Expression, row: Row): boolean | null {
  const { fee } = row
  switch (one.is) {
    case 'flag':
      return row.is_assisted
    case 'compare':
      if (one.sign === 'IS DISTINCT FROM') return fee !== one.value
      if (fee === null) return null
      return one.sign === '='
        ? fee === one.value
        : one.sign === '<>'
          ? fee !== one.value
          : one.sign === '<'
            ? fee < one.value
            : fee >= one.value
    case 'equal': {
      const said = row[one.column]
      return said === null ? null : (said === one.value) === (one.sign === '=')
    }
    case 'in': {
      const said = row[one.column]
      return said === null ? null : one.values.includes(said) !== one.isNot
    }
    case 'between':
      return fee === null ? null : (fee >= one.from && fee <= one.to) !== one.isNot
    case 'null':
      return ((typeof one.of === 'string' ? row[one.of] : evaluate(one.of, row)) === null) !== one.isNot
    case 'coalesce':
      return (fee ?? one.value) > 4
    case 'case':
      return evaluate(one.when, row) === true ? evaluate(one.yes, row) : one.no && evaluate(one.no, row)
    case 'not': {
      const value = evaluate(one.of, row)
      return value === null ? null : !value
    }
    case 'and':
    case 'or': {
      const values = one.of.map((part) => evaluate(part, row))
      const decisive = one.is === 'or'
      return values.includes(decisive) ? decisive : values.includes(null) ? null : !decisive
    }
  }
}
