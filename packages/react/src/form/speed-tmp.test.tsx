import { Session } from 'node:inspector'
import { readFileSync } from 'node:fs'
import { fireEvent, render, cleanup } from '@testing-library/react'
import { it } from 'vitest'
import * as fc from 'fast-check'
import { generateConfiguration } from '../test/generate-configuration.js'
import { ConnectorForm } from './connector-form.js'
import { validateConfiguration } from '../spec/validate-configuration.js'
import { specToForm } from '../spec/spec-to-form.js'
import { toConfiguration } from '../spec/to-configuration.js'
import { toValues } from '../spec/to-values.js'
import { toStoredSecrets } from './stored-secrets.js'
import { toVisibleFields } from './visible-fields.js'

const cpu = (run: () => void, times: number) => {
  const start = process.cpuUsage()
  for (let i = 0; i < times; i++) run()
  const { user, system } = process.cpuUsage(start)
  return +((user + system) / 1000 / times).toFixed(2)
}
it('speed', { timeout: 200000 }, async () => {
  const r = JSON.parse(readFileSync('/work/shared/data/registry/registry.json', 'utf8'))
  const all = Object.values(r).filter(Array.isArray).flat() as any[]
  for (const name of ['Google Analytics 4 (GA4)']) {
    const c = all.find((s) => s.name === name)
    const spec = { connectionSpecification: (c.spec ?? c).connectionSpecification }
    const samples = fc.sample(generateConfiguration(spec.connectionSpecification, 'typed'), { numRuns: 60, seed: 3 })
    const biggest = samples.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0]! as any
    if (name.includes('GA4')) biggest.custom_reports_array = samples.flatMap((s: any) => s.custom_reports_array ?? []).slice(0, 10)
    if (name === 'S3') biggest.streams = samples.flatMap((s: any) => s.streams ?? []).slice(0, 10)
    const { container } = render(<ConnectorForm spec={spec} name="x" initialConfiguration={biggest} onSubmit={() => {}} />)
    for (let round = 0; round < 8; round++) {
      const closed = [...container.querySelectorAll<HTMLElement>('button[aria-expanded="false"]')].filter((b) => b.dataset.part === 'toggle' || b.className.includes('fold'))
      if (!closed.length) break
      closed.forEach((b) => fireEvent.click(b))
    }
    const input = [...container.querySelectorAll<HTMLInputElement>('[data-kind=text] input:not([type]), [data-kind=text] input[type=text]')][0]!
    let text = 'x'
    const type = () => { text += 'x'; fireEvent.change(input, { target: { value: text.slice(0, 20) + text.length } }) }
    for (let i = 0; i < 10; i++) type()
    const session = new Session(); session.connect()
    const post = (m: string, p?: any) => new Promise<any>((ok, no) => session.post(m, p, (e: any, v: any) => e ? no(e) : ok(v)))
    await post('Profiler.enable'); await post('Profiler.setSamplingInterval', { interval: 500 }); await post('Profiler.start')
    for (let i = 0; i < 40; i++) type()
    const { profile } = await post('Profiler.stop')
    const self = new Map<string, number>(); const total = new Map<string, number>()
    const byId = new Map(profile.nodes.map((n: any) => [n.id, n])); const parent = new Map<number, number>()
    for (const n of profile.nodes) for (const ch of n.children ?? []) parent.set(ch, n.id)
    profile.samples.forEach((id: number, i: number) => { const dt = profile.timeDeltas[i] / 1000; const key = (n: any) => n.callFrame.functionName + ' ' + n.callFrame.url.split('/').slice(-2).join('/') ; const n: any = byId.get(id); self.set(key(n), (self.get(key(n)) ?? 0) + dt); const seen = new Set<string>(); for (let at: number | undefined = id; at !== undefined; at = parent.get(at)) { const k = key(byId.get(at)); if (!seen.has(k)) { seen.add(k); total.set(k, (total.get(k) ?? 0) + dt) } } })
    const top = (m: Map<string, number>) => [...m].sort((a, b) => b[1] - a[1]).slice(0, 45).map(([k, v]) => (v / 40).toFixed(2) + ' ' + k).join('\n')
    console.log('SELF\n' + top(self) + '\nTOTAL\n' + [...total].filter(([k]) => /src|form|spec|ui\//.test(k)).sort((a, b) => b[1] - a[1]).slice(0, 40).map(([k, v]) => (v / 40).toFixed(2) + ' ' + k).join('\n'))
    const model = specToForm(spec); const values = toValues(model, biggest)
    console.log(name, { controls: container.querySelectorAll('input,select,textarea,button').length, fields: container.querySelectorAll('[data-path]').length,
      key: cpu(type, 40),
      validate: cpu(() => validateConfiguration(spec, biggest), 100), config: cpu(() => toConfiguration(model, values), 100), stored: cpu(() => toStoredSecrets(model, values, values), 100), visible: cpu(() => toVisibleFields(model, values, { way: 'manual' }), 100) })
    cleanup()
  }
})
