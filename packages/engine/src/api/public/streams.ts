import { Hono } from 'hono'
import type { AirbyteStream } from '../../protocol/messages.js'
import { isObject } from '../../secrets/schema.js'
import { discoverStreams } from '../discover-streams.js'
import { parse, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { syncModesOf } from '../select-streams.js'
import { findSource, type Services } from '../services.js'

/** `GET /streams`: a bare array without types; a failing connector is a 500, as at Airbyte. */
export function streamRoutes(services: Services) {
  return new Hono().get('/', async (c) => {
    const source = await findSource(services, parse(Uuid, c.req.query('sourceId')))
    const withModes = c.req.query('destinationId') !== undefined
    const refresh = c.req.query('ignoreCache') === 'true'
    const discovered = await discoverStreams(services, source, { signal: c.req.raw.signal, refresh })
    if (discovered.status === 'failed') {
      throw new Problem(
        'unexpected-problem',
        `Something went wrong in the connector. ${discovered.failure.externalMessage ?? ''}`,
      )
    }
    return c.json(discovered.streams.map((stream) => toStreamProperties(stream, withModes)))
  })
}

function toStreamProperties(stream: AirbyteStream, withModes: boolean) {
  const { properties } = stream.json_schema
  return {
    streamName: stream.name,
    ...(stream.namespace !== undefined && { streamnamespace: stream.namespace }),
    ...(withModes && { syncModes: syncModesOf(stream) }),
    defaultCursorField: stream.default_cursor_field ?? [],
    sourceDefinedCursorField: stream.source_defined_cursor ?? false,
    sourceDefinedPrimaryKey: stream.source_defined_primary_key ?? [],
    propertyFields: isObject(properties) ? Object.keys(properties).map((name) => [name]) : [],
  }
}
