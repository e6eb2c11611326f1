// The specs to measure with: Airbyte's registry where it is at hand (OPSAI_CORPUS), otherwise those our tests use.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** `{ name, connectionSpecification }` of every connector, sources before destinations. */
export async function readSpecs() {
  const corpus = process.env.OPSAI_CORPUS ?? fromRoot('../shared/data')
  const files = ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)
  if (files.length > 0) return { origin: 'registry', specs: files.flatMap(readRegistry) }
  console.log(`No connector registry below ${corpus}: our own test specs are measured instead (set OPSAI_CORPUS).`)
  const { module } = await runnerImport(fromRoot('packages/react/src/test/specs.ts'))
  return { origin: 'own', specs: Object.entries(module).flatMap(([name, spec]) => toSpec(name, spec)) }
}

const readRegistry = (file) =>
  Object.values(JSON.parse(readFileSync(file, 'utf8')))
    .filter(Array.isArray)
    .flat()
    .flatMap(({ name, spec }) => toSpec(name, spec))

const toSpec = (name, spec) =>
  typeof spec?.connectionSpecification === 'object'
    ? [{ name, connectionSpecification: spec.connectionSpecification }]
    : []
