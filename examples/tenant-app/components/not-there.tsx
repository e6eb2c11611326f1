import { Notice } from './notice'

/** A page that is not there. Drawn, never thrown: Next draws what `notFound()` throws in the browser, and sends nothing else. */
export const NotThere = () => (
  <>
    <header className="page-header">
      <h1>Not found</h1>
    </header>
    <Notice title="There is no such page" action={{ href: '/', text: 'Overview' }}>
      What it was about may not be connected any more.
    </Notice>
  </>
)
