import type { Connected } from '../lib/connected'

interface Props {
  name: string
  connected: readonly Connected[]
  /** Of the page that is shown. */
  path: string
}

/** Where there is to go: beside the page where there is room, folded above it where there is not. */
export const Menu = ({ name, ...entries }: Props) => (
  <header className="menu">
    <a className="name" href="/">
      {name}
    </a>
    <nav aria-label="Main" className="menu-wide">
      <Entries {...entries} />
    </nav>
    <details className="menu-narrow">
      <summary>Menu</summary>
      <nav aria-label="Main">
        <Entries {...entries} />
      </nav>
    </details>
  </header>
)

const Entries = ({ connected, path }: Omit<Props, 'name'>) => (
  <>
    <ul>
      <Entry href="/" text="Overview" path={path} />
    </ul>
    {connected.map(({ connector, streams }) => (
      <section key={connector.id}>
        <h2>{connector.title}</h2>
        <ul>
          {streams.map(({ slug, title }) => (
            <Entry key={slug} href={`/streams/${slug}`} text={title} path={path} />
          ))}
        </ul>
      </section>
    ))}
  </>
)

/** A row's page is within its stream's. */
function Entry({ href, text, path }: { href: string; text: string; path: string }) {
  const current = path === href ? 'page' : href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined
  return (
    <li>
      <a href={href} aria-current={current}>
        {text}
      </a>
    </li>
  )
}
