import { useEffect, useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Dialog } from '../ui/dialog.js'
import type { Edition } from './prepare-markdown.js'
import { GuideWindowLink } from './guide-window-link.js'
import { LazyDocumentation } from './lazy-documentation.js'
import type { SetupGuide } from './use-setup-guide.js'

/**
 * The way to the guide where it is not beside the form: back to its place where there is room, else (style sheet) to a
 * dialog, and to its page where Airbyte serves no text.
 */
export function GuideLink({ guide, edition }: { guide: SetupGuide; edition?: Edition | undefined }) {
  const { hub } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const { markdown, url, state } = guide
  const back = useFocusWhenAway(state)
  if (markdown === undefined) return url ? <GuideWindowLink url={url}>{hub.documentation}</GuideWindowLink> : null
  return (
    <>
      {state === 'away' && (
        <button ref={back} type="button" className="opsai-link-button opsai-guide-wide" onClick={guide.show}>
          {hub.guideShow}
        </button>
      )}
      <button type="button" className="opsai-link-button opsai-guide-narrow" onClick={() => setOpen(true)}>
        {hub.documentation}
      </button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={hub.guide}
        size="large"
        footer={url && <GuideWindowLink url={url}>{hub.guideWindow}</GuideWindowLink>}
      >
        <LazyDocumentation markdown={markdown} documentationUrl={url} edition={edition} headingLevel={3} />
      </Dialog>
    </>
  )
}

/** Whoever put the guide away had the focus in it. */
function useFocusWhenAway(state: SetupGuide['state']) {
  const ref = useRef<HTMLButtonElement>(null)
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'beside' && state === 'away') ref.current?.focus()
    before.current = state
  }, [state])
  return ref
}
