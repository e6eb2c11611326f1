import * as z from 'zod'

/** What a text says in JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('It is not JSON.')
    return z.NEVER
  }
})
