import type { Connected } from '../lib/connected'

/** Where there is to go: beside the page where there is room, folded above it where there is not. */
export const Menu = ({ name, connected }: { name: string; connected: readonly Connected[] }) => (
  <header className="menu">
    <a className="name" href="/">
      {name}
    </a>
    <nav aria-label="Main" className="menu-wide">
      <Entries connected={connected} />
    </nav>
    <details className="menu-narrow">
      <summary>Menu</summary>
      <nav aria-label="Main">
        <Entries connected={connected} />
      </nav>
    </details>
  </header>
)

const Entries = ({ connected }: { connected: readonly Connected[] }) => (
  <>
    <ul>
      <li>
        <a href="/">Overview</a>
      </li>
    </ul>
    {connected.map(({ connector, streams }) => (
      <section key={connector.id}>
        <h2>{connector.title}</h2>
        <ul>
          {streams.map(({ slug, title }) => (
            <li key={slug}>
              <a href={`/streams/${slug}`}>{title}</a>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
)
