// Who listens on a port: an app that is asked how it is must not be told by somebody else.
import { readdir, readFile, readlink } from 'node:fs/promises'

const LISTENS = '0A'
/** As /proc/net/tcp writes 0.0.0.0 and 127.0.0.1, and tcp6 what takes connections to them. */
const local = /^(0{8}|0100007F|0{32}|0{16}FFFF00000100007F|0{24}0100007F)$/

/**
 * Whether all that takes connections to 127.0.0.1 on a port is of this process group. `unknown` where the system can't be
 * asked.
 */
export async function whoseIs(port: number, group: number): Promise<'its own' | "somebody else's" | 'unknown'> {
  const sockets = await listSockets(port)
  if (sockets.length === 0) return 'unknown'
  const members = await listMembers(group)
  const own = new Set((await Promise.all(members.map(listSocketsOf))).flat())
  // Without rights to look at our own, nothing is known of anybody.
  if (own.size === 0 && (await Promise.all(members.map(mayLookAt))).includes(false)) return 'unknown'
  return sockets.every((socket) => own.has(socket)) ? 'its own' : "somebody else's"
}

/** By their inodes. */
async function listSockets(port: number): Promise<string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return tables.flatMap((table) =>
    table.split('\n').flatMap((line) => {
      // proc(5): sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
      const [, address = '', , state, , , , , , inode] = line.trim().split(/\s+/)
      const [host = '', at] = address.split(':')
      return inode && state === LISTENS && at === hex && local.test(host) ? [inode] : []
    }),
  )
}

async function listMembers(group: number): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const groups = await Promise.all(pids.map(groupOf))
  return pids.filter((_, index) => groups[index] === String(group))
}

/** The fifth field, counted from behind a name that may hold anything. */
const groupOf = (pid: string): Promise<string | undefined> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2],
    () => undefined,
  )

async function listSocketsOf(pid: string): Promise<string[]> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')))
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
}

const mayLookAt = (pid: string): Promise<boolean> =>
  readdir(`/proc/${pid}/fd`).then(
    () => true,
    () => false,
  )
