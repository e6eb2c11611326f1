import { read } from '../../lib/database'
import { describeFailure } from '../../lib/failure'

export const dynamic = 'force-dynamic'

/** Whether the app can read: 200 or 503, and nothing about why. */
export async function GET(): Promise<Response> {
  try {
    await read((reader) => reader.query({ text: 'SELECT 1', values: [] }))
    return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    console.error(`health: ${describeFailure(error)}`)
    return Response.json({ status: 'unavailable' }, { status: 503, headers: { 'cache-control': 'no-store' } })
  }
}
