import type { ReactNode } from 'react'
import { type Failure, failureTexts } from '../lib/failure'

interface NoticeProps {
  title: string
  children: ReactNode
  action?: { href: string; text: string }
  role?: 'alert'
}

/** What stands where rows would be. */
export const Notice = ({ title, children, action, role }: NoticeProps) => (
  <section className="notice" role={role}>
    <h2>{title}</h2>
    <p>{children}</p>
    {action && (
      <a className="button" href={action.href}>
        {action.text}
      </a>
    )}
  </section>
)

/** @param href leads to another try */
export const Failed = ({ failure, href }: { failure: Failure; href: string }) => (
  <Notice
    role="alert"
    title={failureTexts[failure].title}
    action={{ href, text: failure === 'address' ? 'First page' : 'Try again' }}
  >
    {failureTexts[failure].text}
  </Notice>
)
