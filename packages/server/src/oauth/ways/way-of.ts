import type { Services } from '../../services.js'
import type { FlowRow } from '../../store/flows.js'
import { cloud } from './cloud.js'
import { configApi } from './config-api.js'
import type { Way } from './way.js'

/** The way a flow goes: written down when it began, and Airbyte's by its edition. */
export function wayOf({ edition }: Pick<Services, 'edition'>, _flow: Pick<FlowRow, 'way'>): Way {
  return edition === 'cloud' ? cloud : configApi
}
