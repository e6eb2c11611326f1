import { expect, test } from 'vitest'
import type { VercelProject } from './answers.js'
import { planCleanUp } from './clean-up.js'
import { FINGERPRINT, toPromotion } from './deployment.js'

const env = [{ key: 'OPSAI_APP' }]
const failed = { name: 'acme', projectId: 'p', former: undefined, deploymentId: 'new', fingerprint: 'print' }
const project = (more: Partial<VercelProject>): VercelProject => ({ id: 'p', name: 'acme', env, ...more })
const served = (id: string, readySubstate = 'PROMOTED') => ({ targets: { production: { id, readySubstate } } })
const latest = (id: string, readyState: 'BUILDING' | 'ERROR', meta = {}) => ({
  latestDeployments: [{ id, readyState, meta }],
})

test.each([
  ['nothing is there', undefined, {}, 'nothing'],
  ['somebody else’s project', project({ env: [] }), {}, 'nothing'],
  ['a project that shows nothing', project({}), {}, 'remove'],
  ['a project where what is built is only staged', project(served('new', 'STAGED')), {}, 'remove'],
  ['a project another deployment is on its way for', project(latest('other', 'BUILDING')), {}, 'nothing'],
  ['a project whose other deployment failed too', project(latest('other', 'ERROR')), {}, 'remove'],
  [
    'a project whose deployment is ours, though nobody told',
    project(latest('x', 'BUILDING', { [FINGERPRINT]: 'print' })),
    {},
    'remove',
  ],
  ['people see what they saw', project(served('old')), { former: 'old' }, 'nothing'],
  ['people see what failed', project(served('new')), { former: 'old' }, 'roll back'],
  ['people see what somebody else deployed', project(served('other')), { former: 'old' }, 'nothing'],
] as const)('%s', (_, now, more, plan) => {
  expect(planCleanUp(now, { ...failed, ...more })).toBe(plan)
})

test.each([
  ['not begun', {}],
  ['not begun', served('old')],
  ['not begun', served('new', 'STAGED')],
  ['done', served('new')],
  ['under way', { ...served('old'), lastAliasRequest: { jobStatus: 'pending', toDeploymentId: 'new' } }],
  ['failed', { ...served('old'), lastAliasRequest: { jobStatus: 'failed', toDeploymentId: 'new' } }],
  ['not begun', { ...served('old'), lastAliasRequest: { jobStatus: 'failed', toDeploymentId: 'another' } }],
] as const)('a promotion is %s: %j', (promotion, more) => {
  expect(toPromotion(project(more), 'new')).toBe(promotion)
})
