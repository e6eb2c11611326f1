/** Query parameters as Airbyte reads them: lists are repeated, what is `undefined` is left out. */
export function toSearch(
  values: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) search.append(name, String(each))
  }
  return search
}
