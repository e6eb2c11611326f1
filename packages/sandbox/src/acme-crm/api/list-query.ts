// Reading the query of a list, and the cursor in it.
import { acmeCrm } from '../facts.js'
import type { Position } from '../records/record-list.js'

export interface ListQuery {
  limit: number
  after?: Position
  since?: string
}

export type ParsedListQuery =
  | { kind: 'valid'; query: ListQuery }
  | { kind: 'malformed'; field: 'limit' | 'cursor' | 'updated_since'; message: string }

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

export function parseListQuery(given: Record<string, string | undefined>): ParsedListQuery {
  const { usual, most } = acmeCrm.pageSize
  const limit = given.limit === undefined ? usual : Number(given.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    return malformed('limit', `limit must be a whole number from 1 to ${most}`)
  }
  const after = given.cursor === undefined ? undefined : parseCursor(given.cursor)
  if (given.cursor !== undefined && !after)
    return malformed('cursor', 'cursor must be a nextCursor that a list answered')
  const since = given.updated_since === undefined ? undefined : toMoment(given.updated_since)
  if (given.updated_since !== undefined && !since) {
    return malformed('updated_since', 'updated_since must be ISO 8601 with a zone, such as 2026-01-31T09:00:00.000Z')
  }
  return { kind: 'valid', query: { limit, ...(after && { after }), ...(since && { since }) } }
}

export function toCursor({ updatedAt, id }: Position): string {
  return Buffer.from(JSON.stringify([updatedAt, id])).toString('base64url')
}

function parseCursor(cursor: string): Position | undefined {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
    if (!Array.isArray(value)) return undefined
    const [updatedAt, id] = value as unknown[]
    return typeof updatedAt === 'string' && typeof id === 'string' ? { updatedAt, id } : undefined
  } catch {
    return undefined
  }
}

// Records have milliseconds: finer moments are rounded up, so that nothing before the moment is sent.
function toMoment(text: string): string | undefined {
  const time = moment.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) return undefined
  const isFiner = /\.\d{3}\d*[1-9]/.test(text)
  return new Date(isFiner ? time + 1 : time).toISOString()
}

function malformed(field: 'limit' | 'cursor' | 'updated_since', message: string): ParsedListQuery {
  return { kind: 'malformed', field, message }
}
