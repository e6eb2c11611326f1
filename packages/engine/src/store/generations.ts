import type { Queryable } from './database.js'

interface StreamName {
  name: string
  namespace?: string
}

export interface Generation {
  generationId: number
  /** Rows of generations before this one go. 0 keeps all. */
  minimumGenerationId: number
}

/**
 * The generation each stream writes in its next job. A stream that is replaced gets a new one and lets the older ones
 * go; the others stay in theirs. Source: Airbyte's CatalogGenerationSetter. Retries reuse the job's.
 */
export async function nextGeneration(
  tx: Queryable,
  connectionId: string,
  { name, namespace = '' }: StreamName,
  replaces: boolean,
): Promise<Generation> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO airbyte_engine.stream_generation AS g (connection_id, stream_namespace, stream_name, generation_id)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (connection_id, stream_namespace, stream_name) DO UPDATE SET generation_id = g.generation_id + $4
     RETURNING generation_id AS id`,
    [connectionId, namespace, name, replaces ? 1 : 0],
  )
  const generationId = rows[0]?.id ?? 0
  return { generationId, minimumGenerationId: replaces ? generationId : 0 }
}
