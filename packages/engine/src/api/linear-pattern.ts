// Patterns come from connectors and values from anyone, so they meet on RE2, whose time is linear in the value: one
// value made for a backtracking engine would stop the process for minutes.
import { RE2JS } from 're2js'

/** Whether a value has the pattern somewhere, as JSON Schema means it. `undefined` where RE2 can't tell. */
export function matchesPattern(pattern: string, value: string): boolean | undefined {
  return compile(pattern)?.matcher(value).find()
}

const compiled = new Map<string, RE2JS | undefined>()

/** Look-around and back-references can't be had in linear time; the connector validates those few itself. */
function compile(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, tryCompile(pattern))
  return compiled.get(pattern)
}

function tryCompile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern))
  } catch {
    return undefined
  }
}
