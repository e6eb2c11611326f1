import type { CallOptions, Requester } from '../request.js'

/** `GET /health` of the public API. Throws an AirbyteError while Airbyte is not healthy. */
export function createHealth(request: Requester) {
  return (options: CallOptions = {}): Promise<void> =>
    request({ door: 'public', method: 'get', path: 'health', anonymous: true, ...options })
}
