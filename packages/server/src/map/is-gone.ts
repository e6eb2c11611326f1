import { isAirbyteError } from '@opsai/airbyte-client'

/** Whether Airbyte no longer knows a thing; it says "forbidden" of ids it does not know. */
export const isGone = (error: unknown): boolean =>
  isAirbyteError(error) && (error.code === 'not_found' || error.code === 'forbidden')
