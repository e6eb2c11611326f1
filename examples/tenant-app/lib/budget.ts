// How much one page may cost the database. The app reads with a role that can make no index, so it never looks at more
// rows than these at once, and says so where it stopped.

/** Rows a page shows. */
export const PAGE_SIZE = 50

/** Up to so many rows everything is exact: counts, sorting by any column, searching all of it. */
export const MOST_ROWS = 20_000

/** Rows a chart is made from: of a bigger table a sample of about so many. */
export const CHART_ROWS = 10_000

/** `concat_ws` takes a hundred at most, and nobody looks for a word in more. */
export const MOST_SEARCHED = 50

/** Rows a search looks at before it asks whether to go on: fewer where each has more to look at. */
export const toSearchBudget = (columns: number): number =>
  Math.max(1_000, Math.min(MOST_ROWS, Math.floor(200_000 / Math.max(1, columns))))
