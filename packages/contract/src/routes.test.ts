import { expect, test } from 'vitest'
import { createOpenApi } from './openapi.js'
import { toPath } from './route.js'
import { routes } from './routes.js'

test('no two routes answer the same call', () => {
  const calls = Object.values(routes).map((route) => `${route.method} ${route.path}`)
  expect(new Set(calls).size).toBe(calls.length)
})

test('a path takes its ids, percent-encoded', () => {
  expect(toPath('/tenants/{tenantId}/env', { tenantId: 'a/../b c' })).toBe('/tenants/a%2F..%2Fb%20c/env')
})

test.each(['.', '..'])('%s would be another path', (tenantId) => {
  expect(() => toPath('/tenants/{tenantId}/env', { tenantId })).toThrow(TypeError)
})

test('a missing id is named', () => {
  expect(() => toPath('/jobs/{jobId}', { jobId: '' })).toThrow('/jobs/{jobId} needs jobId')
})

test('the OpenAPI document has every route', () => {
  const paths = createOpenApi('/api/airbyte').paths as Record<string, Record<string, unknown>>
  for (const [name, route] of Object.entries(routes)) {
    expect(paths[route.path]?.[route.method.toLowerCase()]).toMatchObject({ operationId: name })
  }
})
