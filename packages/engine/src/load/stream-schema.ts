import { toIdentifier } from './naming.js'

/** How a connection says which schema its tables go to, in the words of Airbyte's API. */
export interface SchemaRule {
  namespaceDefinition: 'destination' | 'source' | 'custom_format'
  namespaceFormat: string | null
}

/**
 * The schema of one stream's table; `undefined` is the destination's own, also for a stream without a namespace.
 * @example
 * streamSchema({ namespaceDefinition: 'custom_format', namespaceFormat: 'crm_${SOURCE_NAMESPACE}' }, 'eu') // 'crm_eu'
 */
export function streamSchema(rule: SchemaRule, namespace: string | undefined): string | undefined {
  if (rule.namespaceDefinition === 'destination') return undefined
  const wanted =
    rule.namespaceDefinition === 'source'
      ? (namespace ?? '')
      : (rule.namespaceFormat ?? '').replaceAll('${SOURCE_NAMESPACE}', namespace ?? '')
  return wanted === '' ? undefined : toIdentifier(wanted)
}
