// What is shown: streams of the connectors whose flag is on.
import { connectors } from '../generated/connectors'
import { streams } from '../generated/streams'
import { isOn } from './env'
import type { Connector, Stream } from './stream'

type Environment = Readonly<Record<string, string | undefined>>

export interface Connected {
  connector: Connector
  streams: readonly Stream[]
}

export function listConnected(environment: Environment = process.env): Connected[] {
  return connectors
    .filter(({ flag }) => isOn(flag, environment))
    .map((connector) => ({ connector, streams: streams.filter((stream) => stream.connector === connector.id) }))
    .filter((connected) => connected.streams.length > 0)
}

/** A stream by its address, if it is connected. */
export const findStream = (slug: string, environment: Environment = process.env): Stream | undefined =>
  listConnected(environment)
    .flatMap((connected) => connected.streams)
    .find((stream) => stream.slug === slug)
