// Every operation of Airbyte's Config API document has an answer here, if only that it can't be had.
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readAirbyteDocuments } from '../../../../../.ci/openapi/documents.js'
import { startEngine } from '../../test/sync-world.js'

const documents = readAirbyteDocuments(fileURLToPath(new URL('../../../../../', import.meta.url)))
if (!documents) console.log("skipped: Airbyte's OpenAPI documents are not here (OPSAI_CORPUS)")

it.skipIf(!documents)('answers every documented operation', async () => {
  const paths = documents?.apis.find(({ id }) => id === 'config')?.document.paths ?? {}
  const engine = await startEngine({})
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
  const missing: string[] = []
  for (const { method, path } of operations) {
    const response = await engine.send(method, `/api${path}`, method === 'GET' ? undefined : {})
    if (response.status === 404 && (await response.text()).includes('Object not found')) missing.push(path)
    expect([path, response.status < 500]).toEqual([path, true])
  }
  expect(missing).toEqual([])
  console.log(`Config API operations the engine answers: ${operations.length - missing.length} of ${operations.length}`)
})
