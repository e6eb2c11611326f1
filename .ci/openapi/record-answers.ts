// Every checked answer is a line in a folder of the run, so that the run can say how many there were: in however many
// processes, also in those that are killed.
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where this run's processes write. Set by count.setup.ts, handed on to every process it starts. */
export const folderVariable = 'OPSAI_ANSWERS_CHECKED'

export interface CheckedAnswer {
  /** `POST /v1/sources/get` */
  operation: string
  status: number
  /** What was wrong, where something was. */
  violation?: string
}

/** A function that notes one answer; does nothing outside a run that counts. */
export function createRecorder(): (answer: CheckedAnswer) => void {
  const folder = process.env[folderVariable]
  if (!folder) return () => undefined
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.jsonl`)
  return (answer) => appendFileSync(file, `${JSON.stringify(answer)}\n`)
}
