/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createAirbyteClient } from '../client.js'

const folder = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('test'))
  .map((file) => readFileSync(folder + file, 'utf8').replaceAll(/\/\/.*$/gm, ''))

it('trap 28: claims no templates and no partial configurations, which are gone from the platform', () => {
  const { embedded } = createAirbyteClient({ baseUrl: 'http://localhost:1' })
  expect(Object.keys(embedded).sort()).toEqual(['listOrganizations', 'scopedToken', 'widgetToken'])
  expect(sources.length).toBeGreaterThan(50)
  for (const source of sources) {
    expect(source).not.toMatch(/config_templates|partial_user_configs|connection_templates|\/embedded-widget/)
  }
})
