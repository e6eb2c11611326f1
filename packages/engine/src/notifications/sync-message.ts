// What Airbyte tells a workspace's webhook when a sync has ended: a message for Slack, and the same as `data` for
// programs. Names and meanings are those of Airbyte's sync summary (docs.airbyte.com, "Manage notifications").
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import type { JobRow } from '../store/jobs.js'

/** A thing of Airbyte's as a message names it. */
export interface Named {
  id: string
  name: string
}

export interface EndedSync {
  job: JobRow
  workspace: Named
  connection: Named
  source: Named
  destination: Named
  /** Where Airbyte is looked at, for the links. */
  airbyteUrl: string
}

export function toSyncMessage(sync: EndedSync) {
  const data = toSyncSummary(sync)
  const outcome = data.success ? 'succeeded' : 'failed'
  const link = (thing: { name: string; url: string }) => `<${thing.url}|${escape(thing.name)}>`
  const title = `Sync ${outcome}: ${sync.connection.name}`
  const lines = [
    `*Source:* ${link(data.source)}`,
    `*Destination:* ${link(data.destination)}`,
    `*Duration:* ${data.durationFormatted}`,
    ...(data.errorMessage !== undefined ? [`*Failure reason:*\n\`\`\`${escape(data.errorMessage)}\`\`\``] : []),
    `*Sync summary:* ${data.recordsEmitted} records extracted, ${data.recordsCommitted} records loaded`,
    `${data.bytesEmittedFormatted} extracted, ${data.bytesCommittedFormatted} loaded`,
  ]
  return {
    text: title,
    blocks: [toSection(`*Sync ${outcome}:* ${link(data.connection)}`), toSection(lines.join('\n'))],
    data,
  }
}

function toSyncSummary({ job, workspace, connection, source, destination, airbyteUrl }: EndedSync) {
  const home = `${airbyteUrl}/workspaces/${workspace.id}`
  const stats = job.attempts.flatMap((attempt) => attempt.streamStats)
  const sum = (count: (it: (typeof stats)[number]) => number) => stats.reduce((total, it) => total + count(it), 0)
  const [bytesEmitted, bytesCommitted] = [sum((it) => it.bytesEmitted), sum((it) => it.bytesCommitted)]
  const startedAt = job.startedAt ?? job.createdAt
  const finishedAt = job.endedAt ?? job.updatedAt
  const seconds = Math.max(0, Math.round((finishedAt.getTime() - startedAt.getTime()) / 1000))
  return {
    workspace: { ...workspace, url: home },
    connection: { ...connection, url: `${home}/connections/${connection.id}` },
    source: { ...source, url: `${home}/source/${source.id}` },
    destination: { ...destination, url: `${home}/destination/${destination.id}` },
    jobId: job.jobId,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    bytesEmitted,
    bytesCommitted,
    recordsEmitted: sum((it) => it.recordsEmitted),
    recordsCommitted: sum((it) => it.recordsCommitted),
    recordsFilteredOut: 0,
    bytesFilteredOut: 0,
    ...(job.status === 'failed' ? toError(job.attempts.at(-1)?.failure ?? undefined) : {}),
    bytesEmittedFormatted: toBytes(bytesEmitted),
    bytesCommittedFormatted: toBytes(bytesCommitted),
    success: job.status === 'succeeded',
    durationInSeconds: seconds,
    durationFormatted: toDuration(seconds),
  }
}

function toError(failure: FailureReason | undefined): {
  errorMessage: string
  errorType?: string
  errorOrigin?: string
} {
  return {
    errorMessage: failure?.externalMessage ?? 'The sync failed.',
    ...(failure?.failureType && { errorType: failure.failureType }),
    ...(failure?.failureOrigin && { errorOrigin: failure.failureOrigin }),
  }
}

function toSection(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } }
}

/** Slack's own marks: a name may not make a link. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** `1.5 kB` */
export function toBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${['B', 'kB', 'MB', 'GB', 'TB'][power] ?? 'TB'}`
}

/** `1 hours 2 min`, `2 min 3 sec`, `3 sec` */
export function toDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return `${hours} hours ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} sec` : `${seconds} sec`
}
