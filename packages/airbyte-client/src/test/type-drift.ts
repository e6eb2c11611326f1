/// <reference types="node" />
// Holds our types to those of Airbyte's documents with the TypeScript compiler. What it compiles it writes below
// `.opsai/document-types/`: the documents' types, and three lines for each pin.
import { mkdirSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { repository, type Documents, type OpenApiDocument } from './documents.js'
import type { Pin } from './pins.js'

const folder = resolve(repository, '.opsai/document-types')
const source = resolve(repository, 'packages/airbyte-client/src')

/** What of ours is not the document's, by the pin's name; nothing where all is well. */
export async function findDrift(
  documents: Documents,
  pins: { answers: readonly Pin[]; requests: readonly Pin[] },
): Promise<Map<string, string[]>> {
  mkdirSync(folder, { recursive: true })
  await writeTypes('public', documents.public)
  await writeTypes('config', documents.config)
  const lines = [...preamble, ...pins.answers.flatMap(toAnswerLines), ...pins.requests.flatMap(toRequestLines)]
  const file = resolve(folder, 'pins.ts')
  writeFileSync(file, lines.join('\n'))
  return compile(file, lines)
}

async function writeTypes(door: string, document: OpenApiDocument) {
  const options = { emptyObjectsUnknown: true, defaultNonNullable: false }
  const ast = await openapiTS(structuredClone(document) as unknown as Parameters<typeof openapiTS>[0], options)
  writeFileSync(resolve(folder, `${door}.d.ts`), astToString(ast))
}

const theirs = ({ door, theirs: name }: Pin) =>
  name.startsWith('paths[') ? `${door}.${name}` : `${door}.components['schemas']['${name}']`
const tag = ({ ours }: Pin) => `/* ${ours} */`

/** The document's type must be readable, and we must name and spell nothing it does not. */
const toAnswerLines = (pin: Pin) => [
  `{ ${tag(pin)} const readable: Input<typeof Schemas.${pin.ours}> = null! as ${theirs(pin)}; void readable }`,
  `{ ${tag(pin)} const drift: never = null! as Drift<Output<typeof Schemas.${pin.ours}>, ${theirs(pin)}>; void drift }`,
]

/** What we send must be what the document takes. Values of newer Airbytes, which we pass on, are not in the document. */
const toRequestLines = (pin: Pin) => {
  const ours = /^\w+$/.test(pin.ours) ? `Ours.${pin.ours}` : pin.ours
  return [
    `{ ${tag(pin)} const sendable: ${theirs(pin)} = null! as Known<${ours}>; void sendable }`,
    `{ ${tag(pin)} const drift: never = null! as Unnamed<Known<${ours}>, ${theirs(pin)}>; void drift }`,
  ]
}

const toImport = (file: string) => relative(folder, resolve(source, file)).replaceAll('\\', '/')
const preamble = [
  `import type * as Public from './public.js'`,
  `import type * as Config from './config.js'`,
  `import type { Drift, Input, Known, Output, Unnamed } from '${toImport('test/drift.js')}'`,
  `import type * as Schemas from '${toImport('schemas.js')}'`,
  `import type * as Ours from '${toImport('index.js')}'`,
]

function compile(file: string, lines: readonly string[]): Map<string, string[]> {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['opsai-source'],
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  })
  const found = new Map<string, string[]>()
  const sourceFile = program.getSourceFile(file)
  const diagnostics = [...program.getGlobalDiagnostics(), ...program.getOptionsDiagnostics()]
  for (const { start, messageText } of [
    ...diagnostics,
    ...program.getSyntacticDiagnostics(sourceFile),
    ...program.getSemanticDiagnostics(sourceFile),
  ]) {
    const row = start === undefined ? 0 : (sourceFile?.getLineAndCharacterOfPosition(start).line ?? 0)
    const name = /\/\* (.+?) \*\//.exec(lines[row] ?? '')?.[1] ?? 'the test itself'
    found.set(name, [...(found.get(name) ?? []), ts.flattenDiagnosticMessageText(messageText, '\n')])
  }
  return found
}
