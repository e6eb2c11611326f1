import * as z from 'zod'

/** A language model that may advise. */
export interface ModelSettings {
  /** Never logged, never sent anywhere but to `baseUrl`. */
  apiKey: string
  /** Another server that speaks the same API; it may be in a private network. Default: the maker's own. */
  baseUrl?: string
  /** Which model. Default: a small, quick one. */
  model?: string
}

/** Who may advise on recommendations and dashboards. Where both are given, OpenAI's is asked. */
export interface AdviserOptions {
  /** OpenAI's chat completions. Default URL: `https://api.openai.com/v1`, model: `gpt-4.1-mini`. */
  openai?: ModelSettings
  /** Anthropic's messages API. Default URL: `https://api.anthropic.com`, model: `claude-haiku-4-5`. */
  claude?: ModelSettings
}

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .refine((text) => new URL(text).search === '' && new URL(text).hash === '', 'must have no ? or #')
  .transform((text) => text.replace(/\/+$/, ''))
const Model = z.strictObject({
  apiKey: z.string().regex(/^[\x21-\x7e]+$/, 'must be an API key: no spaces, ASCII only'),
  baseUrl: url.optional(),
  model: z.string().min(1).optional(),
})
export const AdviserSettings = z.strictObject({ openai: Model.optional(), claude: Model.optional() })
export type AdviserSettings = z.infer<typeof AdviserSettings>
