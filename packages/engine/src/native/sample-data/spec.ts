import * as z from 'zod'
import type { ConnectorSpec } from '../../connector/connector.js'
import { toConfigError } from '../../load/destination-config.js'

export const sampleDataSpec: ConnectorSpec = {
  connectionSpecification: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Sample data',
    type: 'object',
    required: ['count'],
    properties: {
      count: {
        title: 'How many users',
        description: 'Each user brings about two purchases; products are always 100.',
        type: 'integer',
        minimum: 1,
        maximum: 100_000_000,
        default: 1_000,
        examples: [1_000],
        order: 0,
      },
      seed: {
        title: 'Seed',
        description: 'The same seed gives the same data.',
        type: 'integer',
        minimum: 0,
        maximum: 4_294_967_295,
        default: 1,
        order: 1,
      },
      records_per_state: {
        title: 'Records between states',
        description: 'How often the place read to is kept.',
        type: 'integer',
        minimum: 1,
        default: 1_000,
        order: 2,
      },
    },
  },
}

const SampleDataConfig = z.object({
  count: z.number().int().min(1).max(100_000_000).default(1_000),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  records_per_state: z.number().int().min(1).default(1_000),
})
export type SampleDataConfig = z.output<typeof SampleDataConfig>

/** @throws {ConnectorError} naming the fields that are wrong */
export function parseSampleDataConfig(config: unknown): SampleDataConfig {
  const parsed = SampleDataConfig.safeParse(config)
  if (!parsed.success) throw toConfigError(parsed.error, 'The configuration')
  return parsed.data
}
