// Every operation of Airbyte's public API document has an answer here, if only that it can't be had.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readAirbyteDocuments } from '../../../../../.ci/openapi/documents.js'
import { startEngine } from '../../test/sync-world.js'

const documents = readAirbyteDocuments(fileURLToPath(new URL('../../../../../', import.meta.url)))
if (!documents) console.log("skipped: Airbyte's OpenAPI documents are not here (OPSAI_CORPUS)")

/** Providers come back to Airbyte Cloud here; the open-source server has no such route either. */
const onlyInTheCloud = new Set(['/public/v1/oauth/callback'])

it.skipIf(!documents)('answers every documented operation', async () => {
  const paths = documents?.apis.find(({ id }) => id === 'public')?.document.paths ?? {}
  const engine = await startEngine({})
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) =>
      /^(get|post|put|patch|delete)$/.test(method) ? [{ method: method.toUpperCase(), path }] : [],
    ),
  )
  const missing: string[] = []
  for (const { method, path } of operations.filter(({ path }) => !onlyInTheCloud.has(path))) {
    const filled = path.replace('{jobId}', '999999').replaceAll(/\{[^}]+\}/g, () => randomUUID())
    const response = await engine.send(method, `/api${filled}`, /GET|DELETE/.test(method) ? undefined : {})
    if (response.status === 404 && (await response.text()).includes('Object not found')) missing.push(path)
    expect([method, path, response.status < 500 || response.status === 501]).toEqual([method, path, true])
  }
  expect(missing).toEqual([])
  const answered = operations.length - missing.length - onlyInTheCloud.size
  console.log(`Public API operations the engine answers: ${answered} of ${operations.length}`)
})
