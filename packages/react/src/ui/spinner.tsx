/** A turning ring beside words that say what is happening; on its own it says nothing to a screen reader. */
export function Spinner() {
  return <span className="opsai-spinner" aria-hidden="true" />
}
