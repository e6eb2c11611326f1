import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Menu } from '../components/menu'
import { app } from '../generated/app'
import { listConnected } from '../lib/connected'
import { pathHeader } from '../lib/path'
import './styles.css'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: app.name, template: `%s · ${app.name}` },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function Layout({ children }: { children: ReactNode }) {
  const path = (await headers()).get(pathHeader) ?? ''
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to content
        </a>
        <div className="frame">
          <Menu name={app.name} connected={listConnected()} path={path} />
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
      </body>
    </html>
  )
}
