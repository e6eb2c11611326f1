/** Any value as text; an object as JSON, for one without a prototype has no text of its own. */
export const toText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
