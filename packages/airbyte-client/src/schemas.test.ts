// Each schema reads what Airbyte's documents describe, and names nothing they do not: drift on either side is red here.
import { beforeAll, describe, expect, it } from 'vitest'
import * as schemas from './schemas.js'
import { readDocuments } from './test/documents.js'
import { answerPins, requestPins, unpinned } from './test/pins.js'
import { findDrift } from './test/type-drift.js'

const documents = readDocuments()

it('has no schema that is held to nothing', () => {
  const held = [...answerPins.map(({ ours }) => ours), ...Object.keys(unpinned)]
  expect(Object.keys(schemas).filter((name) => !held.includes(name))).toEqual([])
})

describe.skipIf(!documents)("types and Airbyte's documents", () => {
  let drift = new Map<string, string[]>()
  beforeAll(async () => {
    if (documents) drift = await findDrift(documents, { answers: answerPins, requests: requestPins })
    console.log(`types pinned to Airbyte's documents: ${answerPins.length} answers, ${requestPins.length} requests`)
  }, 120_000)

  it('compile', () => expect(drift.get('the test itself') ?? []).toEqual([]))

  it.each(answerPins)('$ours reads $theirs', ({ ours }) => expect(drift.get(ours) ?? []).toEqual([]))

  it.each(requestPins)('$ours is a $theirs', ({ ours }) => expect(drift.get(ours) ?? []).toEqual([]))
})
