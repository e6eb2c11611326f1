// JSON without loss: a number JavaScript would round stays as it is written, as text.
import type { Json } from './stream'

/** @throws SyntaxError where the text is no JSON */
export function parseExactJson(text: string): Json {
  return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, keep)) as Json
}

const keep = (token: string) => (token.startsWith('"') || isExact(token) ? token : `"${token}"`)

/** `1.50` may become `1.5`, but no digit that says something may go. */
function isExact(token: string): boolean {
  const number = Number(token)
  return Number.isFinite(number) && (token.length <= 15 || toDigits(String(number)) === toDigits(token))
}

const toDigits = (number: string) => {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().replace('+', '').split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = `${whole}${fraction}`.replace('-', '').replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length)
  return `${significant}e${significant === '' ? 0 : scale}`
}
