import * as z from 'zod'
import type { ConnectorContext } from '../../connector/connector.js'
import { ConnectorError } from '../../connector/connector-error.js'
import { errorMessage, recordMessage, stateMessage, statusMessage } from '../../protocol/make.js'
import type { AirbyteMessage, ConfiguredStream, StateValue, StreamState } from '../../protocol/messages.js'
import { cursorlessState, streamKey } from '../../protocol/messages.js'
import type { Access } from './access.js'
import { getJson } from './requests.js'

const pageSize = 200
const Page = z.object({
  data: z.array(z.looseObject({ id: z.string(), updatedAt: z.string() })),
  nextCursor: z.string().nullable(),
})
type Page = z.output<typeof Page>

/** Everything up to `updatedAt` has been read, and of that very moment these ids: the API answers them again. */
const Place = z.object({ updatedAt: z.string(), ids: z.array(z.string()) })
export type Place = z.output<typeof Place>

export interface AcmeCrmRun {
  baseUrl: string
  startDate?: string
  access: Access
  context: ConnectorContext
}

/** Reads stream after stream. A sign-in that fails fails them all; anything else only its stream. */
export async function* readAcmeCrm(
  run: AcmeCrmRun,
  streams: ConfiguredStream[],
  states: StreamState[],
): AsyncGenerator<AirbyteMessage> {
  const stateOf = new Map(states.map((state) => [streamKey(state), state.state]))
  const at = () => run.context.now().getTime()
  for (const stream of streams) {
    yield statusMessage(stream.stream, 'STARTED', at())
    try {
      yield* stream.sync_mode === 'incremental'
        ? readChanged(run, stream, stateOf.get(streamKey(stream.stream)))
        : readAll(run, stream)
      yield statusMessage(stream.stream, 'COMPLETE', at())
    } catch (error) {
      run.context.signal.throwIfAborted()
      if (!(error instanceof ConnectorError) || error.failureType === 'config_error') throw error
      yield errorMessage(stream.stream, error.failureType, error.message, at())
      yield statusMessage(stream.stream, 'INCOMPLETE', at())
    }
  }
}

/** Pages in order of change: what changes meanwhile moves to the end and is answered again. */
async function* readPages(
  { baseUrl, access, context }: AcmeCrmRun,
  name: string,
  since?: string,
): AsyncGenerator<Page> {
  const url = new URL(`${baseUrl}/api/v1/${encodeURIComponent(name)}`)
  url.searchParams.set('limit', String(Math.min(pageSize, Math.max(context.recordLimit ?? pageSize, 1))))
  if (since !== undefined) url.searchParams.set('updated_since', since)
  for (;;) {
    const page = Page.safeParse(await getJson(url, access, context))
    if (!page.success)
      throw new ConnectorError('system_error', `Acme CRM answered a page of ${name} in a shape we don't know.`)
    yield page.data
    if (page.data.nextCursor === null) return
    url.searchParams.set('cursor', page.data.nextCursor)
  }
}

/** Every record once, as it was when it first came; with no place to go on from, it is all or nothing. */
async function* readAll(run: AcmeCrmRun, { stream }: ConfiguredStream): AsyncGenerator<AirbyteMessage> {
  const seen = new Set<string>()
  for await (const page of readPages(run, stream.name)) {
    for (const record of page.data) {
      if (seen.has(record.id)) continue
      seen.add(record.id)
      yield recordMessage(stream, record, run.context.now().getTime())
    }
    if (seen.size >= (run.context.recordLimit ?? Infinity)) break
  }
  yield stateMessage(stream, cursorlessState, seen.size)
}

/** What has changed since the place, and a state after each page. */
async function* readChanged(
  run: AcmeCrmRun,
  { stream }: ConfiguredStream,
  state: StateValue | undefined,
): AsyncGenerator<AirbyteMessage> {
  let place = Place.safeParse(state).data
  for await (const page of readPages(run, stream.name, place?.updatedAt ?? run.startDate)) {
    const fresh = page.data.filter((record) => !isKnown(place, record))
    for (const record of fresh) yield recordMessage(stream, record, run.context.now().getTime())
    place = movePlace(place, page.data)
    if (place) yield stateMessage(stream, place, fresh.length)
  }
  if (!place) yield stateMessage(stream, {}, 0)
}

function isKnown(place: Place | undefined, record: { id: string; updatedAt: string }): boolean {
  return place?.updatedAt === record.updatedAt && place.ids.includes(record.id)
}

/** The place after these records, which are in order of change. */
export function movePlace(place: Place | undefined, records: { id: string; updatedAt: string }[]): Place | undefined {
  const updatedAt = records.at(-1)?.updatedAt
  if (updatedAt === undefined) return place
  const before = place?.updatedAt === updatedAt ? place.ids : []
  const ids = records.filter((record) => record.updatedAt === updatedAt).map((record) => record.id)
  return { updatedAt, ids: [...new Set([...before, ...ids])] }
}
