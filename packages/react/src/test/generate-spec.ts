// Connector specs out of every shape that a form has a control for, for properties that hold for all of them.
import * as fc from 'fast-check'
import type { PlainObject } from '../spec/path.js'

const keys = ['host', 'port', 'api-key', 'type', 'properties', 'items', 'name', 'required']

const leaf: fc.Arbitrary<PlainObject> = fc.constantFrom<PlainObject[]>(
  { type: 'string' },
  { type: 'string', default: 'x' },
  { type: 'string', airbyte_secret: true },
  { type: 'string', multiline: true },
  { type: ['null', 'string'], always_show: true },
  { type: 'string', format: 'date' },
  { type: 'string', airbyte_hidden: true, default: 'old' },
  { type: 'integer', minimum: 1, default: 3 },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'boolean', default: true },
  { type: 'string', enum: ['a', 'b'] },
  { enum: [1, 7, 30], default: 7 },
  { const: false },
  { type: 'array' },
  { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
  { type: 'array', items: { type: 'integer' } },
  { type: 'array', items: { type: 'string', enum: ['a', 'b', 'c'] } },
  { type: 'array', items: { type: 'array', items: { type: 'string' } } },
  { type: 'array', items: { type: 'string', airbyte_secret: true } },
  { type: 'object', additionalProperties: { type: 'string' } },
)

const withRequired = (properties: PlainObject, flags: boolean[]): PlainObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((_, at) => flags[at % flags.length]),
})

/** Objects, choices, lists and maps in each other, up to three levels deep. */
export const generateSpec = (): fc.Arbitrary<{ connectionSpecification: PlainObject }> => {
  const { object } = fc.letrec<{ schema: PlainObject; object: PlainObject; choice: PlainObject }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'spec' },
      leaf,
      leaf,
      tie('object'),
      tie('choice'),
      tie('object').map((items) => ({ type: 'array', items })),
      tie('choice').map((items) => ({ type: 'array', items })),
      tie('object').map((additionalProperties) => ({ type: 'object', additionalProperties })),
    ),
    object: fc
      .tuple(
        fc.dictionary(fc.constantFrom(...keys), tie('schema'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
      )
      .map(([properties, flags]) => withRequired(properties, flags)),
    choice: fc.array(tie('object'), { minLength: 1, maxLength: 3 }).map((branches) => ({
      type: 'object',
      oneOf: branches.map((branch, at) => ({
        ...branch,
        title: `Way ${at}`,
        properties: { ...(branch.properties as PlainObject), way: { type: 'string', const: `way-${at}` } },
      })),
    })),
  }))
  return object.map((connectionSpecification) => ({ connectionSpecification }))
}
