import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

/** Takes a line and appends it. */
export interface LogFile {
  (line: string): void
  file: string
}

/** What the parts say goes to a file: on the screen it would bury the one line people wait for. */
export async function openLog(dataDir: string): Promise<LogFile> {
  const file = join(dataDir, 'dev.log')
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  return Object.assign((line: string) => void stream.write(`${line}\n`), { file })
}
