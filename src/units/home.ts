import { ToolError } from '../errors.js'
import { listed, say } from '../messages/message.js'
import { nameKey } from './name.js'
import type { UnitChange } from './change.js'
import type { Registry } from './registry.js'
import { isValidOn, type Unit } from './unit.js'

/** Only the units of one province: in it, merged into it, or in none. Error: unknown_unit where the registry has no such province. */
export function keepHome(registry: Registry, province: string): Registry {
  const { units, changes } = registry
  const home = units.find(({ level, code, name }) => level === 'province' && (code === province || nameKey(name) === nameKey(province)))
  if (units.length === 0) return registry
  if (!home) {
    const provinces = units.filter((unit) => isProvince(unit) && unit.valid_to === null).map(({ code, name }) => `${code} ${name}`)
    throw new ToolError('unknown_unit', say('figures.no_province', { name: province }), {
      hint: provinces.length > 0 ? say('figures.province_is_one_of', { all: listed(provinces) }) : say('figures.province_is'),
    })
  }
  const byCode = new Map<string, Unit[]>()
  for (const unit of units) byCode.set(unit.code, [...(byCode.get(unit.code) ?? []), unit])
  const provinceOf = (unit: Unit, depth = 0): string | null => {
    const day = unit.valid_to ?? unit.valid_from
    const parents = unit.parent === null ? [] : (byCode.get(unit.parent) ?? [])
    const parent = parents.find((one) => isValidOn(one, day)) ?? parents[0]
    if (parent && depth < 10) return provinceOf(parent, depth + 1)
    return isProvince(unit) ? unit.code : unit.parent
  }
  const isToHome = ({ new_code, new_parent }: UnitChange): boolean => new_code === home.code || new_parent === home.code
  const goesHome = new Set(changes.filter(isToHome).map(({ old_code }) => old_code))
  const goesAway = new Set(changes.filter((change) => !isToHome(change)).map(({ old_code }) => old_code))
  const isHome = (unit: Unit): boolean => {
    const isEnded = unit.valid_to !== null
    if (isEnded && (goesHome.has(unit.code) || goesAway.has(unit.code))) return goesHome.has(unit.code)
    const root = provinceOf(unit)
    return root === null || root === home.code || (isEnded && goesHome.has(root))
  }
  return { ...registry, units: units.filter(isHome) }
}

const isProvince = ({ level, name }: Unit): boolean => level === 'province' && /^(tỉnh|thành phố) /.test(nameKey(name))
