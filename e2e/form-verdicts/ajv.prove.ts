// Our verdict beside Ajv's on every connector spec, long: 200 configurations a spec, half of them valid, half broken.
import { expect, it } from 'vitest'
import { compareVerdicts } from '../../packages/react/src/test/compare-verdicts.js'
import { readCorpus } from '../../packages/react/src/test/read-corpus.js'

const perSpec = Number(process.env.OPSAI_VERDICTS ?? 200)
const specs = readCorpus()

it.skipIf(specs.length === 0)(`agrees with Ajv on ${perSpec} configurations of each spec`, () => {
  const seed = Number(process.env.OPSAI_SEED ?? Date.now() % 1_000_000)
  const { unexplained, ...counts } = compareVerdicts(specs, perSpec, seed)
  console.log(`seed ${seed} (OPSAI_SEED repeats it)`, counts, `unexplained: ${unexplained.length}`)
  expect(unexplained).toEqual([])
  expect(counts.notCompiled).toEqual([])
})
