import type { ParameterNames } from './behaviour.js'

/** A provider's own names turned into the standard ones; a standard name that it calls otherwise means nothing. */
export function toStandardNames(parameters: URLSearchParams, names: ParameterNames): URLSearchParams {
  const standard = new Map(Object.entries(names).map(([name, own]) => [own, name]))
  const renamed = [...parameters].flatMap(([name, value]): [string, string][] => {
    const known = standard.get(name)
    if (known !== undefined) return [[known, value]]
    return Object.hasOwn(names, name) ? [] : [[name, value]]
  })
  return new URLSearchParams(renamed)
}

/** The other way round, for one name. */
export function toOwnName(name: string, names: ParameterNames): string {
  return new Map<string, string>(Object.entries(names)).get(name) ?? name
}
