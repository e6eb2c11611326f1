// Schemas that hold for one value together or instead of each other: the branch that is meant is found first, so that the
// field itself is named wrong, instead of "matches none of 6".
import { toDiscriminator, toSelectedBranch } from './choice.js'
import { isObject, type PlainObject } from './path.js'
import { propertiesOf, type Schema, titleOf, toLabel, typesOf } from './schema.js'
import { isOfType } from './validate-values.js'
import { below, type Check, type Place, type Violation, violation } from './violation.js'

/** What `allOf`, `oneOf`, `anyOf`, `not` and `if` find wrong with a value. */
export function checkBranches(schema: Schema, value: unknown, place: Place, check: Check): Violation[] {
  const within: Place = {
    ...place,
    depth: place.depth + 1,
    title: titleOf(schema) ?? place.title,
    around: [...propertiesOf(schema), ...place.around],
  }
  const fits = (rule: unknown): boolean => check(rule, value, { ...within, isTrial: true }).length === 0
  const choices = (['oneOf', 'anyOf'] as const).map((keyword) => ({ keyword, branches: listIn(schema[keyword]) }))
  return [
    ...listIn(schema.allOf).flatMap((part) => check(part, value, within)),
    ...choices
      .filter(({ branches }) => branches.length > 0)
      .flatMap(({ keyword, branches }) => checkChoice(branches, keyword === 'oneOf', value, within, check)),
    ...(schema.not !== undefined && fits(schema.not) ? [violation(within, schema, { code: 'enum' })] : []),
    ...(schema.if !== undefined ? check(fits(schema.if) ? schema.then : schema.else, value, within) : []),
  ]
}

const listIn = (branches: unknown): unknown[] => (Array.isArray(branches) ? branches : [])

function checkChoice(branches: unknown[], isOne: boolean, value: unknown, place: Place, check: Check): Violation[] {
  const choice = { oneOf: branches }
  const object = isObject(value) ? value : undefined
  const selected = object && toSelectedBranch(choice, object)
  const { key, isSent } = toDiscriminator(choice)
  if (isSent && selected !== undefined) return check(selected, value, place)

  const tried = branches.map((branch) => ({ branch, found: check(branch, value, { ...place, isTrial: true }) }))
  const fitting = tried.filter(({ found }) => found.length === 0).length
  if (fitting === 1 || (fitting > 1 && !isOne)) return []
  if (isSent && object !== undefined) return [undecided(object, key, place)]
  if (fitting > 1) return [violation(place, {}, { code: 'enum' })]
  return closestOf(tried, selected, value) ?? [ofNoType(branches, place)]
}

/** No option is meant: what tells them apart is missing, or unknown. */
function undecided(object: PlainObject, key: string, place: Place): Violation {
  const at = below(place, key, place.title === '' ? toLabel(key) : place.title)
  return violation(at, {}, { code: object[key] === undefined ? 'required' : 'enum' })
}

const ofNoType = (branches: unknown[], place: Place): Violation =>
  violation(place, { type: branches.filter(isObject).flatMap(typesOf) }, { code: 'type' })

interface Tried {
  branch: unknown
  found: Violation[]
}

/** Of the branches for values of this type: the one whose keys it has, else the one with the fewest errors. */
function closestOf(tried: Tried[], selected: Schema | undefined, value: unknown): Violation[] | undefined {
  const ofType = tried.filter(({ branch }) => {
    const types = isObject(branch) ? typesOf(branch) : []
    return types.length === 0 || types.some((type) => isOfType(type, value))
  })
  const [closest] = ofType.sort((a, b) => a.found.length - b.found.length)
  return (ofType.find(({ branch }) => branch === selected) ?? closest)?.found
}
