// What each secret of a flow is sealed for; sealed-columns.ts holds them to the tables.
import type { FlowRow } from '../store/flows.js'

type OfFlow = Pick<FlowRow, 'tenant_id' | 'flow_id'>

const toPlace = (field: string) => (flow: OfFlow) => `${flow.tenant_id}|${flow.flow_id}|${field}`

export const configurationPlace = toPlace('configuration')
export const secretPlace = toPlace('secret')
export const statePlace = toPlace('state')
export const verifierPlace = toPlace('code_verifier')
