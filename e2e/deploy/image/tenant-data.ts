// A tenant's schema with rows in it, a role that may read it and nothing else, and an address a container can reach it at.
import { readFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import { Client } from 'pg'

export interface Door {
  url: string
  /** Holds every answer back, until it is let go. */
  hold(isHeld: boolean): void
  close(): void
}

export interface TenantData {
  schema: string
  /** As whoever owns everything. */
  admin: Client
  /** Listens at that address of this machine, where Postgres itself does not. */
  listenAt(address: string): Promise<Door>
  close(): Promise<void>
}

export async function startTenantData(folder: string, password: string): Promise<TenantData> {
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  const admin = new Client({ connectionString: postgres.url })
  await admin.connect()
  const sample = new URL('../../../examples/tenant-app/sample/sample.sql', import.meta.url)
  await admin.query(await readFile(sample, 'utf8'))
  await admin.query(`CREATE ROLE tenant_reader LOGIN PASSWORD '${password}' CONNECTION LIMIT 8;
    GRANT USAGE ON SCHEMA tenant_sample TO tenant_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA tenant_sample TO tenant_reader`)
  return {
    schema: 'tenant_sample',
    admin,
    async listenAt(address) {
      const sockets = new Set<Socket>()
      const answering = new Set<Socket>()
      const server = createServer((near) => {
        const far = connect(Number(new URL(postgres.url).port), '127.0.0.1')
        for (const socket of [near, far]) sockets.add(socket.on('error', () => {}))
        answering.add(far)
        near.pipe(far).pipe(near)
      })
      await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, address, resolve))
      const { port } = server.address() as { port: number }
      return {
        url: `postgresql://tenant_reader:${password}@${address}:${port}/postgres`,
        hold(isHeld) {
          for (const socket of answering) void (isHeld ? socket.pause() : socket.resume())
        },
        close() {
          server.close()
          for (const socket of sockets) socket.destroy()
        },
      }
    },
    async close() {
      await admin.end()
      await postgres.stop()
    },
  }
}
