import { isAirbyteError } from './airbyte-error.js'

/** What `first` answers; where this Airbyte has no such call, what `second` does. Any other failure stays one. */
export async function insteadOf<T>(first: Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first
  } catch (error) {
    if (isAirbyteError(error) && error.code === 'not_supported') return await second()
    throw error
  }
}
