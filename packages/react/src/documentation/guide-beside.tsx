import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Icon } from '../ui/icon.js'
import { GuideWindowLink } from './guide-window-link.js'
import { LazyDocumentation } from './lazy-documentation.js'
import type { Edition } from './prepare-markdown.js'
import type { SetupGuide } from './use-setup-guide.js'

export interface GuideBesideProps {
  guide: SetupGuide
  edition?: Edition | undefined
  /** The field that has the focus, by its path in the configuration. */
  focusedPath?: readonly string[] | undefined
  /** The form. */
  children: ReactNode
}

/** A form with its setup guide beside it, where there is a guide and room for it. */
export function GuideBeside({ guide, edition, focusedPath, children }: GuideBesideProps) {
  const { hub } = useMessages()
  const { markdown, url, state, putAway } = guide
  return (
    <div className="opsai-guided" data-guide={state}>
      <div className="opsai-guided-form">{children}</div>
      {state === 'beside' && markdown !== undefined && (
        <aside className="opsai-guide" aria-label={hub.guide} data-part="guide">
          <div className="opsai-guide-header">
            <h3 className="opsai-guide-title">{hub.guide}</h3>
            {url && <GuideWindowLink url={url}>{hub.guideWindow}</GuideWindowLink>}
            <button type="button" className="opsai-icon-button" aria-label={hub.guidePutAway} onClick={putAway}>
              <Icon name="close" />
            </button>
          </div>
          <LazyDocumentation
            markdown={markdown}
            documentationUrl={url}
            edition={edition}
            {...(focusedPath && { focusedPath })}
          />
        </aside>
      )}
    </div>
  )
}
