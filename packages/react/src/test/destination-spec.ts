// A destination's spec in the shapes real ones have: groups, a choice in a choice, a fold. Written for this file.
import type { FormSpec } from '../spec/spec-to-form.js'

export const destinationSpec: FormSpec = {
  connectionSpecification: {
    type: 'object',
    required: ['host', 'database', 'username', 'schema'],
    groups: [
      { id: 'connection', title: 'Warehouse' },
      { id: 'loading', title: 'Loading' },
    ],
    properties: {
      host: { type: 'string', title: 'Host', group: 'connection', order: 0, examples: ['lake.basalt.example'] },
      port: { type: 'integer', title: 'Port', default: 5439, group: 'connection', order: 1, always_show: true },
      database: { type: 'string', title: 'Database', group: 'connection', order: 2 },
      username: { type: 'string', title: 'User', group: 'connection', order: 3 },
      password: {
        type: 'string',
        title: 'Password',
        airbyte_secret: true,
        group: 'connection',
        order: 4,
        always_show: true,
      },
      schema: { type: 'string', title: 'Default schema', default: 'public', group: 'loading', order: 5 },
      staging: {
        type: 'object',
        title: 'Staging',
        description: 'Where files wait before they are loaded.',
        group: 'loading',
        order: 6,
        oneOf: [
          {
            title: 'None: insert rows one by one',
            required: ['method'],
            properties: { method: { type: 'string', const: 'insert' } },
          },
          {
            title: 'A bucket',
            required: ['method', 'bucket'],
            properties: {
              method: { type: 'string', const: 'bucket' },
              bucket: { type: 'string', title: 'Bucket', order: 0 },
              access_key: { type: 'string', title: 'Access key', airbyte_secret: true, order: 1 },
              purge: { type: 'boolean', title: 'Delete files once they are loaded', default: true, order: 2 },
            },
          },
        ],
      },
      raw_schema: { type: 'string', title: 'Schema for raw tables', group: 'loading', order: 7 },
    },
  },
}
