// How the Config API is asked for a page of sources or destinations.
/** Which of a workspace's sources or destinations. */
export interface InternalActorFilter {
  workspaceId: string
  /** Part of a name. */
  search?: string
  /** Asked for at once; default Airbyte's own. */
  pageSize?: number
}

export const toActorQuery = ({ workspaceId, search, pageSize }: InternalActorFilter, cursor: string | undefined) => ({
  workspaceId,
  ...(search && { filters: { searchTerm: search } }),
  ...(pageSize && { pageSize }),
  ...(cursor && { cursor }),
})
