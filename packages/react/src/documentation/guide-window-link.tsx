import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.js'

/** A link to the guide's own page, which learns nothing of this one. */
export function GuideWindowLink({ url, children }: { url: string; children: ReactNode }) {
  return (
    <a className="opsai-link opsai-guide-window" href={url} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="external" />
    </a>
  )
}
