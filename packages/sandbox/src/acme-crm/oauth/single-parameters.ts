/**
 * Parameters by name, or the name of one sent twice, which RFC 6749 §3.1 and §3.2 forbid. Empty ones count
 * as absent.
 */
export type SingleParameters =
  { kind: 'single'; parameters: Record<string, string | undefined> } | { kind: 'repeated'; name: string }

export function toSingleParameters(all: URLSearchParams): SingleParameters {
  const parameters = new Map<string, string>()
  for (const [name, value] of all) {
    if (parameters.has(name)) return { kind: 'repeated', name }
    parameters.set(name, value)
  }
  return {
    kind: 'single',
    parameters: Object.fromEntries([...parameters].filter(([, value]) => value !== '')),
  }
}
