// A good status is not yet a good answer: gateways send pages with 200, and bodies break on the way.
import type * as z from 'zod'
import { AirbyteError } from './airbyte-error.js'
import { type Call, nameOf } from './call.js'
import { parseJson } from './parse-json.js'

/** The parsed answer, or `invalid_answer` saying where it is not as documented, and nothing of what stands there. */
export function understandAnswer<T>(text: string, call: Call<T>, answer: z.ZodType<T>, status: number): T {
  const parsed = answer.safeParse(call.text ? text : json(text, call, status))
  if (parsed.success) return parsed.data
  // Another field than documented stays so; `null` or a list for an object comes of something that broke.
  const garbage = parsed.error.issues.some(({ path }) => path.length === 0)
  throw invalid(call, `is not what its documents say: ${describe(parsed.error)}`, status, garbage)
}

/** The error for an answer that makes no sense. `broken` is one that may be whole next time. */
export function invalid(call: Call<unknown>, what: string, status: number, broken = false): AirbyteError {
  return new AirbyteError(`Airbyte's answer to ${nameOf(call)} ${what}`, {
    code: 'invalid_answer',
    status,
    retryable: broken,
  })
}

function json(text: string, call: Call<unknown>, status: number): unknown {
  const parsed = parseJson(text)
  if (parsed.kind === 'value') return parsed.value
  if (parsed.kind === 'tooDeep') throw invalid(call, 'is nested too deeply.', status, true)
  if (text.trim() === '') throw invalid(call, 'is empty.', status, true)
  throw invalid(call, isPage(text) ? 'is a web page: check the base URL.' : 'is no JSON.', status, true)
}

/** Whether a body is a web page. */
export const isPage = (text: string) => /^\s*</.test(text)

/** Where and what, of the first three. Names come from the answer too, so nothing but plain ones is repeated. */
function describe({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message, code }) => {
      const field = path.map((part) => (/^[\w-]{1,60}$/.test(String(part)) ? String(part) : '?')).join('.')
      return `${field || 'the whole of it'}: ${code === 'invalid_type' || code === 'custom' ? message : code.replaceAll('_', ' ')}`
    })
    .join('; ')
    .slice(0, 500)
}
