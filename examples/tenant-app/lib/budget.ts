// How much one page may cost the database. The app reads with a role that can make no index, so it never looks at more
// rows than these at once, and says so where it stopped.

/** Rows a page shows. */
export const PAGE_SIZE = 50

/** Up to so many rows everything is exact: counts, sorting by any column, searching all of it. */
export const MOST_ROWS = 10_000

/** Up to so many blocks of 8 kB a table is read whole to find the rows of one value: one comparison a row. */
export const MOST_BLOCKS = 2_000

/** Rows the charts of a bigger table are made from, about; fewer of each where many bigger ones have charts. */
export const toSampleSize = (tables: number): number => Math.min(5_000, Math.floor(8_000 / Math.max(1, tables)))

/** `concat_ws` takes a hundred at most, and nobody looks for a word in more. */
export const MOST_SEARCHED = 50

/** Rows of a bigger table a search looks at before it asks whether to go on: they may lie anywhere on the disk. */
const MOST_LOOKED_AT = 5_000

/** Fewer where each row has more to look at. */
export const toSearchBudget = (columns: number): number =>
  Math.max(1_000, Math.min(MOST_LOOKED_AT, Math.floor(50_000 / Math.max(1, columns))))
