import type { Source as AirbyteSource } from '@opsai/airbyte-client'
import type { Source, SourceDetail } from '@opsai/contract'
import type { SourceRow } from '../store/sources.js'
import { toMasked } from './masks.js'

/** Our row as the contract's source. */
export const toSource = (row: SourceRow): Source => ({
  sourceId: row.source_id,
  sourceType: row.source_type,
  name: row.name,
  checkStatus: row.check_status,
  authorization: row.authorized_by,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
})

/** With the configuration as Airbyte answers it: whatever stands for a secret as ten stars. */
export const toSourceDetail = (row: SourceRow, { configuration }: AirbyteSource): SourceDetail => ({
  ...toSource(row),
  configuration: toMasked(configuration),
})
