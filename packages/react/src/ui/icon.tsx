/** Sixteen-pixel line pictures, drawn here so that no icon set is shipped. */
const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  chevron: 'M6 4l4 4-4 4',
  up: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9L8 12.5 11.5 9',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  info: 'M8 7.25v4M8 4.6v.15M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  lock: 'M5 7V5a3 3 0 0 1 6 0v2M3.75 7h8.5v6.5h-8.5z',
  external: 'M9 3h4v4M13 3L7.5 8.5M11.5 9.5V13H3V4.5h3.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6L14 14',
  warning: 'M8 6.25v3M8 11.3v.15M8 2.25l6.25 11.25H1.75z',
} as const

export type IconName = keyof typeof paths

/** A picture beside words: hidden from screen readers, coloured as the text around it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="opsai-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
