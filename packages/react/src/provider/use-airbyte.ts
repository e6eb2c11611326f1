import { useContext } from 'react'
import { AirbyteContext, type AirbyteContextValue } from './airbyte-context.js'

/**
 * The client and the query cache of the nearest `AirbyteProvider`.
 *
 * @example
 * const { client } = useAirbyte()
 * const test = () => client.testConnection(sourceId)
 */
export function useAirbyte(): AirbyteContextValue {
  const value = useContext(AirbyteContext)
  if (!value) {
    throw new Error('[opsai/react] Wrap the part of your app that connects sources in an <AirbyteProvider>.')
  }
  return value
}
