import fc from 'fast-check'
import { expect, test } from 'vitest'
import { updateEnv } from './env-file.js'
import { hashFile, type Manifest, parseManifest, printManifest, toManifest } from './manifest.js'
import { toPackageName } from './package-name.js'
import { planUpdate } from './plan-update.js'

const withManifest = (files: Record<string, string>) => ({
  ...files,
  'generated/manifest.json': printManifest(toManifest(files)),
})
const [streams, deals] = ['generated/streams.ts', 'generated/streams/deals.ts'] as const
const before = withManifest({ [streams]: 'one', [deals]: 'deals', 'lib/mine.ts': 'mine' })
const manifest = parseManifest(before['generated/manifest.json']!)
const below = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('generated/')))

test('nothing has changed: nothing is written', () => {
  expect(planUpdate(before, below(before), manifest)).toEqual({ write: [], keep: [], remove: [] })
})

test('what has changed is written, what is gone removed, and the manifest comes last', () => {
  const after = withManifest({ [streams]: 'two', 'generated/links.ts': 'links', 'lib/mine.ts': 'another' })
  expect(planUpdate(after, below(before), manifest)).toEqual({
    write: [
      [streams, 'two'],
      ['generated/links.ts', 'links'],
      ['generated/manifest.json', after['generated/manifest.json']],
    ],
    keep: [],
    remove: [deals],
  })
})

test('an edited file is kept aside, whether it is rewritten or gone', () => {
  const after = withManifest({ [streams]: 'two' })
  const edited = { ...below(before), [streams]: 'my own', [deals]: 'mine too' }
  const plan = planUpdate(after, edited, manifest)
  expect(plan.keep).toEqual([
    { path: streams, to: `kept/streams.ts.${hashFile('my own').slice(0, 8)}` },
    { path: deals, to: `kept/streams/deals.ts.${hashFile('mine too').slice(0, 8)}` },
  ])
  expect([plan.write.map(([path]) => path), plan.remove]).toEqual([[streams, 'generated/manifest.json'], []])
})

test('a run that was cut short is taken up: what it wrote is no edit', () => {
  const after = withManifest({ [streams]: 'two', [deals]: 'deals 2' })
  const plan = planUpdate(after, { ...below(before), [streams]: 'two' }, manifest)
  expect([plan.keep, plan.write.map(([path]) => path)]).toEqual([[], [deals, 'generated/manifest.json']])
})

test('without a manifest that can be read, whatever differs may be an edit', () => {
  expect(parseManifest('{"format":2,"files":{}}')).toBeUndefined()
  expect(parseManifest('nonsense')).toBeUndefined()
  expect(planUpdate(withManifest({ [streams]: 'two' }), { [streams]: 'one' }, undefined).keep).toHaveLength(1)
})

test('whatever a manifest says, nothing outside of generated/ is removed or rewritten', () => {
  const path = fc.oneof(
    fc.constantFrom(
      '../../etc/passwd',
      'generated/../lib/mine.ts',
      'lib/mine.ts',
      'generated/streams/x.ts',
      '__proto__',
      '.env',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(
      fc.dictionary(path, fc.constant('0'.repeat(64))),
      fc.dictionary(path, fc.string()),
      (files, present) => {
        const evil: Manifest = { format: 1, advisedBy: 'rules', files }
        const plan = planUpdate(before, { ...present, ...below(before) }, evil)
        const touched = [
          ...plan.remove,
          ...plan.keep.map((kept) => kept.path),
          ...plan.write.map(([written]) => written),
        ]
        for (const one of touched) expect(one).toMatch(/^generated\/[a-z0-9/-]+\.(ts|json)$/)
      },
    ),
  )
})

test.each([
  ['Acme', 'acme-app'],
  ['Ünïted  Widgets', 'united-widgets-app'],
  ['日本', 'tenant-app'],
  ['../../evil', 'evil-app'],
  ['a'.repeat(300), `${'a'.repeat(100)}-app`],
])('the package of %j is %s', (name, packageName) => expect(toPackageName(name)).toBe(packageName))

test('an .env is rewritten above its line, and below it is nobody’s but the owner’s', () => {
  const first = updateEnv(undefined, 'A=1\nOLD=1\n')
  expect(first.found).toBe('none')
  const own = `${first.content}MINE='a b'\n# A note.\n`
  const second = updateEnv(own, 'A=2\n')
  expect(second).toEqual({ found: 'ours', content: own.replace('A=1\nOLD=1', 'A=2') })
  expect(updateEnv(second.content, 'A=2\n').content).toBe(second.content)
})

test('an .env of somebody else’s is not taken for ours', () => {
  expect(updateEnv('A=1\n', 'A=2\n').found).toBe('anothers')
})
