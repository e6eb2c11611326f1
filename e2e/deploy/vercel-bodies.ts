// What Vercel's documentation says its calls take (vercel.com/docs/rest-api): anything else is refused.
import * as z from 'zod'

const target = z.array(z.enum(['production', 'preview', 'development'])).min(1)
const envEntry = z
  .strictObject({
    key: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
    value: z.string(),
    type: z.enum(['plain', 'encrypted', 'sensitive']),
    target,
    comment: z.string().max(500).optional(),
  })
  .refine(
    (entry) => entry.type !== 'sensitive' || !entry.target.includes('development'),
    'sensitive ones have no development',
  )
export type EnvEntry = z.infer<typeof envEntry>
export const envBody = z.array(envEntry).min(1)

export const projectBody = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/)
    .max(100),
  framework: z.enum(['nextjs']).nullable().optional(),
  environmentVariables: z.array(envEntry).optional(),
})

export const projectChange = z.strictObject({ autoAssignCustomDomains: z.boolean() })

export const deploymentBody = z.strictObject({
  name: z.string(),
  project: z.string(),
  target: z.enum(['production', 'staging']),
  files: z.array(z.strictObject({ file: z.string().min(1), sha: z.string().length(40), size: z.int().min(0) })).min(1),
  projectSettings: z.strictObject({
    framework: z.enum(['nextjs']).nullable(),
    installCommand: z.string().nullable(),
    buildCommand: z.string().nullable(),
  }),
  meta: z.record(z.string(), z.string().max(65_536)).optional(),
})
