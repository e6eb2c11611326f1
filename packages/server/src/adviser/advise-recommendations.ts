// The order of recommendations, by a language model where there is one. It only orders what the rules offer: their
// reasons stay, and so does that what can be connected comes first.
import type { BusinessProfile, Connector, Recommendation } from '@opsai/contract'
import * as z from 'zod'
import { mostRecommended, recommendConnectors } from '../recommend/recommend-connectors.js'
import type { Services } from '../services.js'
import { cutText } from './cut-text.js'
import type { Question } from './language-model.js'

const WITHIN_MS = 4_000
const OFFERED = 16
const LONGEST = 80

export interface AdvisedRecommendations {
  recommendations: Recommendation[]
  advisedBy: 'rules' | 'openai' | 'claude'
}

const Answer = z.object({ order: z.array(z.string()).max(200) })

const instructions =
  'Order the tools of `tools` by how likely this business uses them and wants to see their data, likeliest first. ' +
  'Answer with their ids.'

/**
 * The connectors a business most likely uses, and who put them in order. Takes four seconds at most; on any failure, and
 * without a model, it is the rules' order.
 */
export async function adviseRecommendations(
  { adviser }: Pick<Services, 'adviser'>,
  tenantId: string,
  profile: BusinessProfile,
  connectors: readonly Connector[],
): Promise<AdvisedRecommendations> {
  const offered = recommendConnectors(profile, connectors, OFFERED)
  const question = toQuestion(profile, offered, connectors)
  const check = (answer: unknown) => readOrder(answer, offered)
  const advised = await adviser.consult({ tenantId, question, check, withinMs: WITHIN_MS })
  if (advised.state === 'none') {
    return { recommendations: recommendConnectors(profile, connectors), advisedBy: 'rules' }
  }
  return { recommendations: reorder(offered, advised.advice, connectors), advisedBy: advised.by }
}

const toId = (index: number) => `t${index + 1}`

function toQuestion(
  { industry, size, type }: BusinessProfile,
  offered: readonly Recommendation[],
  connectors: readonly Connector[],
): Question {
  const byType = new Map(connectors.map((connector) => [connector.sourceType, connector]))
  const tools = offered.map(({ sourceType }, index) => {
    const connector = byType.get(sourceType)
    return { id: toId(index), name: cutText(connector?.name ?? sourceType, LONGEST), category: connector?.category }
  })
  const business = {
    industry: cutText(industry, LONGEST),
    size: cutText(size, LONGEST),
    type: cutText(type, LONGEST),
  }
  const answer = {
    type: 'object',
    properties: { order: { type: 'array', items: { type: 'string' } } },
    required: ['order'],
    additionalProperties: false,
  }
  return { name: 'order_tools', instructions, data: { business, tools }, answer, maxOutputTokens: 400 }
}

/** The `sourceType`s an answer names; undefined where it names none that was offered. */
function readOrder(answer: unknown, offered: readonly Recommendation[]): string[] | undefined {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) return undefined
  const byId = new Map(offered.map(({ sourceType }, index) => [toId(index), sourceType]))
  const named = [...new Set(parsed.data.order)].flatMap((id) => byId.get(id) ?? [])
  return named.length > 0 ? named : undefined
}

/** Exported for its tests: pure. */
export function reorder(
  offered: readonly Recommendation[],
  order: readonly string[],
  connectors: readonly Pick<Connector, 'sourceType' | 'availability'>[],
): Recommendation[] {
  const available = new Set(
    connectors.filter(({ availability }) => availability === 'available').map(({ sourceType }) => sourceType),
  )
  const placed = offered.map((one, index) => {
    const place = order.indexOf(one.sourceType)
    return { one, isLast: !available.has(one.sourceType), place: place === -1 ? order.length + index : place }
  })
  placed.sort((a, b) => Number(a.isLast) - Number(b.isLast) || a.place - b.place)
  // The scores stay, in their order: what is above half can be connected.
  const scores = offered.map(({ score }) => score).sort((a, b) => b - a)
  return placed.slice(0, mostRecommended).map(({ one }, index) => ({ ...one, score: scores[index] ?? one.score }))
}
