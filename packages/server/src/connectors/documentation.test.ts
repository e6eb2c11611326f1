import { createAirbyteClient } from '@opsai/airbyte-client'
import { describe, expect, test } from 'vitest'
import { capped, createDocumentation } from './documentation.js'

const definitionId = '11111111-1111-4111-8111-111111111111'
const workspaceId = '22222222-2222-4222-8222-222222222222'
const of = { workspaceId, definitionId, version: '1.0.0' }

/** An Airbyte that answers so, and what it was asked. */
function createWorld(answer: () => Response) {
  const asked: unknown[] = []
  const airbyte = createAirbyteClient({
    baseUrl: 'http://airbyte.test',
    fetch: async (request) => {
      asked.push(await request.json())
      return answer()
    },
  })
  let at = 0
  const read = createDocumentation(airbyte, () => new Date(at))
  return { asked, read, later: (ms: number) => (at += ms) }
}

test('a manual is asked for once in a while, for each version and for each source', async () => {
  const { asked, read, later } = createWorld(() => Response.json({ doc: '# Stripe' }))
  expect([await read(of), await read(of), await read({ ...of, workspaceId: definitionId })]).toEqual(
    Array.from({ length: 3 }, () => '# Stripe'),
  )
  expect(asked).toEqual([{ actorType: 'source', actorDefinitionId: definitionId, workspaceId }])
  await read({ ...of, version: '1.0.1' })
  await read({ workspaceId, definitionId, sourceId: workspaceId })
  expect(asked).toHaveLength(3)
  expect(asked[2]).toMatchObject({ actorId: workspaceId })
  later(601_000)
  await read(of)
  expect(asked).toHaveLength(4)
})

test.each([
  ['no manual', () => Response.json({ errorId: 'x' }, { status: 404 })],
  ['no such call', () => Response.json('Object not found.', { status: 404 })],
  ['an empty manual', () => Response.json({ doc: '' })],
])('%s is none', async (_, answer) => {
  const { asked, read } = createWorld(answer)
  expect([await read(of), await read(of)]).toEqual([undefined, undefined])
  expect(asked).toHaveLength(1)
})

test('a failure is no answer: it is asked again', async () => {
  let status = 400
  const { read } = createWorld(() => Response.json(status === 200 ? { doc: 'x' } : { message: 'no' }, { status }))
  await expect(read(of)).rejects.toMatchObject({ code: 'invalid' })
  status = 200
  expect(await read(of)).toBe('x')
})

describe('a manual that is too long', () => {
  test('ends with a whole paragraph', () => {
    expect(capped('One.\n\nTwo.\n\nThree.', 14)).toBe('One.\n\nTwo.')
    expect(capped('One.', 14)).toBe('One.')
  })
  test('is counted in bytes, and no letter is cut in two', () => {
    expect(capped(`ä\n\n${'ä'.repeat(10)}`, 9)).toBe('ä')
    expect(capped('ä'.repeat(10), 9)).toBe('')
    const long = capped('Ä word.\n\n'.repeat(200_000))
    expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(1024 * 1024)
    expect(long.endsWith('Ä word.')).toBe(true)
  })
})
