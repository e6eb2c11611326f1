import { Client, escapeIdentifier } from 'pg'

/** Connects, making the database first if the server does not have it. */
export async function connectMaking(url: string): Promise<Client> {
  try {
    return await connect(url)
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error
    const server = new URL(url)
    const name = decodeURIComponent(server.pathname.slice(1))
    server.pathname = '/postgres'
    await withClient(server.href, (client) => client.query(`CREATE DATABASE ${escapeIdentifier(name)}`))
    return connect(url)
  }
}

/** Lends a connection for one piece of work. */
export async function withClient<Answer>(url: string, work: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = await connect(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** All of the work, or none of it. */
export async function inTransaction<Answer>(client: Client, work: () => Promise<Answer>): Promise<Answer> {
  await client.query('BEGIN')
  try {
    const answer = await work()
    await client.query('COMMIT')
    return answer
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}
