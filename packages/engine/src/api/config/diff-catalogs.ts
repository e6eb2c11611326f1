// What changed between two answers to discover, in Airbyte's words: streams and top-level fields that came, went or
// changed. A lost stream, or a lost key or cursor, breaks a sync; the rest does not.
import { isDeepStrictEqual } from 'node:util'
import type { AirbyteStream } from '../../protocol/messages.js'
import { isObject, type JsonObject } from '../../secrets/schema.js'

export function diffCatalogs(before: AirbyteStream[], after: AirbyteStream[]) {
  const same = (a: AirbyteStream) => (b: AirbyteStream) => a.name === b.name && a.namespace === b.namespace
  return [
    ...before.filter((it) => !after.some(same(it))).map((it) => toTransform('remove_stream', it)),
    ...after.filter((it) => !before.some(same(it))).map((it) => toTransform('add_stream', it)),
    ...before.flatMap((old) => {
      const now = after.find(same(old))
      const fieldTransforms = now ? diffFields(old, now) : []
      if (fieldTransforms.length === 0) return []
      return [
        { ...toTransform('update_stream', old), updateStream: { fieldTransforms, streamAttributeTransforms: [] } },
      ]
    }),
  ]
}

export type StreamTransform = ReturnType<typeof diffCatalogs>[number]

/** @returns Airbyte's word for all of it */
export function toSchemaChange(transforms: StreamTransform[]): 'no_change' | 'non_breaking' | 'breaking' {
  if (transforms.length === 0) return 'no_change'
  const breaks = transforms.some(
    (it) => 'updateStream' in it && it.updateStream.fieldTransforms.some(({ breaking }) => breaking),
  )
  return breaks ? 'breaking' : 'non_breaking'
}

function toTransform<T extends string>(transformType: T, { name, namespace }: AirbyteStream) {
  return { transformType, streamDescriptor: { name, ...(namespace !== undefined && { namespace }) } }
}

function diffFields(before: AirbyteStream, after: AirbyteStream) {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const keys = [...(before.source_defined_primary_key ?? []), before.default_cursor_field ?? []].map(([key]) => key)
  return [
    ...Object.keys(old)
      .filter((name) => !(name in now))
      .map((name) => ({
        transformType: 'remove_field',
        fieldName: [name],
        breaking: keys.includes(name),
        removeField: { schema: old[name] },
      })),
    ...Object.keys(now)
      .filter((name) => !(name in old))
      .map((name) => ({
        transformType: 'add_field',
        fieldName: [name],
        breaking: false,
        addField: { schema: now[name] },
      })),
    ...Object.keys(old)
      .filter((name) => name in now && !isDeepStrictEqual(old[name], now[name]))
      .map((name) => ({
        transformType: 'update_field_schema',
        fieldName: [name],
        breaking: false,
        updateFieldSchema: { oldSchema: old[name], newSchema: now[name] },
      })),
  ]
}

function fieldsOf({ json_schema: schema }: AirbyteStream): JsonObject {
  return isObject(schema.properties) ? schema.properties : {}
}
