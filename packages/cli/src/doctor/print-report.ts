import type { Finding } from './finding.js'
import type { Report } from './run-doctor.js'

const marks = { ok: 'ok      ', warning: 'warning ', failed: 'failed  ' } as const

/** One line a finding; below what is wrong, what to do about it. */
export function printReport({ findings, capabilities }: Report): string {
  const lines = findings.flatMap(printFinding)
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const sum = `${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed`
  return [...lines, ...(capabilities ? ['', ...printTable(capabilities)] : []), '', sum].join('\n')
}

function printFinding(finding: Finding): string[] {
  const line = `${marks[finding.status]}${finding.check}: ${finding.what}`
  return finding.status === 'ok' ? [line] : [line, `        → ${finding.remedy}`]
}

function printTable(capabilities: object): string[] {
  const entries = Object.entries(capabilities)
  const width = Math.max(...entries.map(([name]) => name.length))
  return ['What this Airbyte offers:', ...entries.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value)}`)]
}
