import type { Services } from '../../services.js'
import type { FlowRow } from '../../store/flows.js'
import { cloud } from './cloud.js'
import { configApi } from './config-api.js'
import { ownApp } from './own-app.js'
import type { Way } from './way.js'

/** The way a flow goes: our own or Airbyte's, as was written down when it began, and Airbyte's by its edition. */
export function wayOf({ edition }: Pick<Services, 'edition'>, flow: Pick<FlowRow, 'way'>): Way {
  switch (flow.way) {
    case 'own_app':
      return ownApp
    case 'airbyte':
      return edition === 'cloud' ? cloud : configApi
  }
}
