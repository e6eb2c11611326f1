import { type KeyboardEvent, type ReactNode, useId } from 'react'

export interface Tab {
  id: string
  label: ReactNode
  content: ReactNode
}

export interface TabsProps {
  /** What the tabs choose between, read out. */
  label: string
  tabs: Tab[]
  selected: string
  onSelect: (id: string) => void
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/**
 * Views that take turns. Arrow keys, Home and End move between them (WAI-ARIA Authoring Practices, Tabs).
 *
 * @example
 * <Tabs label="Sample of" tabs={tabs} selected={stream} onSelect={setStream} />
 */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const id = useId()
  const current = Math.max(
    tabs.findIndex((tab) => tab.id === selected),
    0,
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = steps[event.key]
    const target =
      event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step === undefined ? undefined : current + step
    if (target === undefined) return
    event.preventDefault()
    const index = (target + tabs.length) % tabs.length
    onSelect(tabs[index]?.id ?? selected)
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus()
  }
  return (
    <div className="opsai-tabs">
      <div className="opsai-tab-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === current}
            aria-controls={`${id}-panel`}
            tabIndex={index === current ? 0 : -1}
            className="opsai-tab"
            onClick={() => onSelect(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current}`} className="opsai-tab-panel">
        {tabs[current]?.content}
      </div>
    </div>
  )
}
