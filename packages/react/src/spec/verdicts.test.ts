// The verdict on a configuration is Ajv's, but for the differences that test/compare-verdicts.ts names.
// The long run over every spec is e2e/form-verdicts/ajv.prove.ts.
import { describe, expect, it } from 'vitest'
import { compareVerdicts } from '../test/compare-verdicts.js'
import { readCorpus } from '../test/read-corpus.js'
import * as own from '../test/specs.js'
import { isObject } from './path.js'

describe('our verdict and Ajv’s', () => {
  it('are the same on 400 configurations of each of our own specs', () => {
    const specs = Object.entries(own).flatMap(([name, spec]) =>
      isObject(spec) && isObject(spec.connectionSpecification)
        ? [{ name, connectionSpecification: spec.connectionSpecification }]
        : [],
    )
    const result = compareVerdicts(specs, 400)
    expect(result.specs).toBeGreaterThanOrEqual(4)
    expect(result.valid).toBeGreaterThan(result.configurations / 3)
    expect(result).toMatchObject({ unexplained: [], notCompiled: [] })
  })

  const specs = readCorpus()
  it.skipIf(specs.length === 0)(
    'are the same on 20 configurations of each spec of the registry',
    { timeout: 60_000 },
    () => {
      const { unexplained, ...counts } = compareVerdicts(specs, 20)
      console.log(counts)
      expect(counts.specs).toBeGreaterThan(300)
      expect(unexplained).toEqual([])
    },
  )
})
