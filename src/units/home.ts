import { ToolError } from '../errors.js'
import { nameKey } from './name.js'
import type { Registry } from './registry.js'
import { isValidOn, type Unit } from './unit.js'

/** Only the units of one province: in it, merged into it, or in none. Error: unknown_unit where the registry has no such province. */
export function keepHome(registry: Registry, province: string): Registry {
  const { units, changes } = registry
  const home = units.find(({ level, code, name }) => level === 'province' && (code === province || nameKey(name) === nameKey(province)))
  if (units.length === 0) return registry
  if (!home)
    throw new ToolError('unknown_unit', `the registry has no province "${province}"`, {
      hint: 'set province in cchc.yaml to a code or a name of the registry: cchc units --level province',
    })
  const byCode = new Map<string, Unit[]>()
  for (const unit of units) byCode.set(unit.code, [...(byCode.get(unit.code) ?? []), unit])
  const provinceOf = (unit: Unit, depth = 0): string | null => {
    const day = unit.valid_to ?? unit.valid_from
    const parents = unit.parent === null ? undefined : byCode.get(unit.parent)
    const parent = parents?.find((one) => isValidOn(one, day)) ?? parents?.[0]
    return parent && depth < 10 ? provinceOf(parent, depth + 1) : parents || isProvince(unit) ? unit.code : unit.parent
  }
  const goesHome = new Set(
    changes.filter(({ new_code, new_parent }) => new_code === home.code || new_parent === home.code).map((change) => change.old_code),
  )
  const goesAway = new Set(
    changes.filter(({ new_code, new_parent }) => new_code !== home.code && new_parent !== home.code).map((change) => change.old_code),
  )
  const isHome = (unit: Unit): boolean => {
    if (unit.valid_to !== null && (goesHome.has(unit.code) || goesAway.has(unit.code))) return goesHome.has(unit.code)
    const root = provinceOf(unit)
    return root === null || root === home.code
      ? !(unit.valid_to !== null && root === null && goesAway.has(unit.code))
      : unit.valid_to !== null && goesHome.has(root)
  }
  return { ...registry, units: units.filter(isHome) }
}

const isProvince = ({ level, name }: Unit): boolean => level === 'province' && /^(tỉnh|thành phố) /.test(nameKey(name))
