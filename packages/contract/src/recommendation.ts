import * as z from 'zod/mini'

/** What a host knows of its customer's business. Free text: unknown words simply match nothing. */
export const BusinessProfile = z.strictObject({
  /** Such as `retail`, `saas`, `healthcare`. */
  industry: z.string(),
  /** Such as `1-10`, `11-50`, `51-200`, `201-1000`, `1000+`, or `small`, `medium`, `large`. */
  size: z.string(),
  /** Such as `b2b`, `b2c`, `marketplace`, `agency`. */
  type: z.string(),
})
export type BusinessProfile = z.infer<typeof BusinessProfile>

export const Recommendation = z.object({
  sourceType: z.string(),
  /** 0 to 1, best first. */
  score: z.number(),
  /** Short sentences a customer may read: why this one. */
  reasons: z.array(z.string()),
})
export type Recommendation = z.infer<typeof Recommendation>

export const RecommendationsRequest = z.strictObject({ businessProfile: BusinessProfile })
export const Recommendations = z.object({
  recommendations: z.array(Recommendation),
  /** Who put them in this order: the built-in rules, or a language model the operator has a key of. */
  advisedBy: z.enum(['rules', 'openai', 'claude']),
})
export type Recommendations = z.infer<typeof Recommendations>
