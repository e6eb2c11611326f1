import { AirbyteError } from '@opsai/airbyte-client'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id Airbyte gave, before it is stored or stands in a path. @throws AirbyteError `invalid_answer` */
export function toUuid(id: string): string {
  if (uuid.test(id)) return id.toLowerCase()
  throw new AirbyteError('Airbyte answered with an id that is no UUID.', { code: 'invalid_answer', retryable: true })
}
