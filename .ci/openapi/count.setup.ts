// Prints at the end of a run how many answers of the engine were held to Airbyte's documents. Projects that run
// together share one folder and one line.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documentsFolder } from './documents.js'
import { folderVariable, type CheckedAnswer } from './record-answers.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const users = globalThis as { opsaiCountUsers?: number }

export default function setup() {
  const folder = (process.env[folderVariable] ??= join(
    root,
    '.opsai/answers-checked',
    `run-${randomBytes(4).toString('hex')}`,
  ))
  if (!users.opsaiCountUsers && !existsSync(documentsFolder(root))) {
    console.log(
      `Airbyte's OpenAPI documents are not in ${documentsFolder(root)}: answers are not checked against them.`,
    )
  }
  users.opsaiCountUsers = (users.opsaiCountUsers ?? 0) + 1
  mkdirSync(folder, { recursive: true })

  return () => {
    users.opsaiCountUsers = (users.opsaiCountUsers ?? 1) - 1
    if (users.opsaiCountUsers > 0) return
    const answers = readAnswers(folder)
    rmSync(folder, { recursive: true, force: true })
    delete process.env[folderVariable]
    if (answers.length === 0) return
    const summary = summarise(answers)
    writeFileSync(`${folder}.json`, `${JSON.stringify(summary, null, 2)}\n`)
    console.log(
      `engine answers checked against Airbyte's documents: ${summary.answers} answers, ${summary.operations.length} operations, ${summary.violations.length} violations`,
    )
    // In a test's own process a violation is a failed test; in one it started it can only be told here.
    if (summary.violations.length > 0) throw new Error(summary.violations.map(toLine).join('\n'))
  }
}

function readAnswers(folder: string): CheckedAnswer[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'))
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as CheckedAnswer),
  )
}

function summarise(answers: CheckedAnswer[]) {
  return {
    answers: answers.length,
    errors: answers.filter(({ status }) => status >= 400).length,
    operations: [...new Set(answers.map(({ operation }) => operation))].sort(),
    violations: answers.filter(({ violation }) => violation !== undefined),
  }
}

const toLine = ({ operation, status, violation = '' }: CheckedAnswer) => `${operation} → ${status}: ${violation}`
