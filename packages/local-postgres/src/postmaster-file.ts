/**
 * `postmaster.pid`, PostgreSQL's own lock file: one fact a line (src/include/utils/pidfile.h): process id,
 * data directory, start time, port, socket directory, listen address, shared memory key, status.
 */
export interface PostmasterFile {
  pid: number
  port?: number
  /** Accepting connections. */
  isReady: boolean
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  const port = Number.parseInt(lines[3] ?? '', 10)
  return { pid, ...(port > 0 && { port }), isReady: lines[7] === 'ready' }
}

/** The same file naming another process. */
export function withPid(text: string, pid: number): string {
  return [String(pid), ...text.split('\n').slice(1)].join('\n')
}
