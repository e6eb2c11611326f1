// What Airbyte really has, asked past the proxy and past every fault.
import { auth } from './fault-world.js'

type Thing = Record<string, unknown>
export type Noun = 'workspaces' | 'sources' | 'destinations' | 'connections'

export interface AirbyteView {
  /** How many there are whose name begins so, over all workspaces. */
  countNamed(noun: Noun, name: string): Promise<number>
  /** How many a workspace has. */
  countIn(noun: Noun, workspaceId: string): Promise<number>
  /** How many jobs of a connection there have been. */
  countJobs(connectionId: string): Promise<number>
  /** The token it asks with. */
  token: string
}

export async function openAirbyteView(engineUrl: string): Promise<AirbyteView> {
  const root = `${engineUrl}/api/public/v1`
  const answer = await fetch(`${root}/applications/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: auth.clientId, client_secret: auth.clientSecret }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }

  const list = async (noun: string, query: Record<string, string> = {}): Promise<Thing[]> => {
    const found: Thing[] = []
    for (;;) {
      const search = new URLSearchParams({ limit: '100', offset: String(found.length), ...query })
      const page = await fetch(`${root}/${noun}?${search}`, { headers: { authorization: `Bearer ${token}` } })
      if (!page.ok) throw new Error(`Airbyte answered ${page.status} to a list of ${noun}`)
      const { data } = (await page.json()) as { data: Thing[] }
      found.push(...data)
      if (data.length < 100) return found
    }
  }
  return {
    token,
    countNamed: async (noun, name) => (await list(noun)).filter((thing) => `${thing.name}`.startsWith(name)).length,
    countIn: async (noun, workspaceId) => (await list(noun, { workspaceIds: workspaceId })).length,
    countJobs: async (connectionId) => (await list('jobs', { connectionId })).length,
  }
}
