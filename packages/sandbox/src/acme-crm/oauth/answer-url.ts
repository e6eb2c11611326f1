import type { Behaviour } from '../behaviour/behaviour.js'
import { toOwnName } from '../behaviour/parameter-names.js'

/** What is said at the callback; members that are undefined are not. */
export type Answer = Record<string, string | undefined>

/** The redirect that ends a request, its answer added to whatever query the registered address has. */
export function toAnswerUrl(redirectUri: string, answer: Answer, behaviour: Behaviour): string {
  const said = Object.entries(answer)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .filter(([name]) => !behaviour.answerWithout.includes(name))
    .map(([name, value]): [string, string] => [toOwnName(name, behaviour.names), value])
  const parameters = [...shape(said, behaviour), ...Object.entries(behaviour.answerWith)]
  const url = new URL(redirectUri)
  if (behaviour.answerShape === 'fragment') url.hash = new URLSearchParams(parameters).toString()
  else for (const [name, value] of parameters) url.searchParams.append(name, value)
  return url.href
}

function shape(said: [string, string][], { answerShape, answerError }: Behaviour): [string, string][] {
  switch (answerShape) {
    case 'rfc6749':
    case 'fragment':
      return said
    case 'error_message':
      return said.map(([name, value]) => [otherErrorNames.get(name) ?? name, value])
    case 'error_with_code':
      return said.some(([name]) => name === 'error') ? said : [...said, ['error', answerError || 'server_error']]
    case 'twice':
      return said.flatMap((parameter) => [parameter, parameter])
    case 'nothing':
      return []
  }
}

const otherErrorNames = new Map([
  ['error', 'error_code'],
  ['error_description', 'error_message'],
])
