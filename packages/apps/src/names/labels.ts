// What people read instead of a name in the database.

const acronyms = new Set(
  'api cpu crm csv eu gb gdp hr html http https id ids ip json kyc ltv mrr arr os pdf po sku sms sql ssn tax-id uk ui url us usd eur utc uuid vat vip xml'.split(
    ' ',
  ),
)

/**
 * A name's words in lower case: at `_`, spaces and humps.
 * @example
 * toWords('firstName') // ['first', 'name']
 * toWords('HTTPStatus_code') // ['http', 'status', 'code']
 */
export function toWords(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/**
 * A name as a label.
 * @example
 * toLabel('companyId') // 'Company ID'
 * toLabel('order_items') // 'Order items'
 */
export function toLabel(name: string): string {
  const words = toWords(name).map((word) =>
    acronyms.has(word) ? word.toUpperCase().replace(/S$/, (end) => (word === 'ids' ? 's' : end)) : word,
  )
  const label = words.join(' ')
  if (label === '') return name.trim() === '' ? 'Unnamed' : name
  return label.charAt(0).toUpperCase() + label.slice(1)
}
