import type { Outbound } from '../egress/outbound.js'
import type { Log } from '../log.js'
import type { AdviserSettings } from './adviser-options.js'
import { createClaude } from './claude.js'
import { type Adviser, createAdviser, noAdviser } from './create-adviser.js'
import type { LanguageModel } from './language-model.js'
import { createOpenAi } from './openai.js'

/** The adviser these settings name; one that is always silent where they name none. */
export function openAdviser(settings: AdviserSettings | undefined, outbound: Outbound, log: Log): Adviser {
  const model = toModel(settings ?? {}, outbound)
  return model ? createAdviser(model, { log }) : noAdviser
}

function toModel({ openai, claude }: AdviserSettings, outbound: Outbound): LanguageModel | undefined {
  // Whoever names another server has said that it may be in a network of their own.
  const reach = (baseUrl: string | undefined) => (baseUrl === undefined ? outbound.publicOnly : outbound.anywhere).fetch
  if (openai) {
    const { apiKey, baseUrl, model = 'gpt-4.1-mini' } = openai
    return createOpenAi({ apiKey, model, baseUrl: baseUrl ?? 'https://api.openai.com/v1', fetch: reach(baseUrl) })
  }
  if (claude) {
    const { apiKey, baseUrl, model = 'claude-haiku-4-5' } = claude
    return createClaude({ apiKey, model, baseUrl: baseUrl ?? 'https://api.anthropic.com', fetch: reach(baseUrl) })
  }
  return undefined
}
