import { useState } from 'react'

export interface LogoProps {
  /** The connector's name; its first letter stands in where there is no picture. */
  name: string
  iconUrl?: string
  /** Edge of the tile in pixels: 24, 32 or 40. Default 32. */
  size?: 24 | 32 | 40
}

/**
 * A connector's logo on an even tile. Decorative: the name always stands beside it.
 *
 * @example
 * <Logo name={connector.name} iconUrl={connector.iconUrl} size={40} />
 */
export function Logo({ name, iconUrl, size = 32 }: LogoProps) {
  const [failedUrl, setFailedUrl] = useState<string>()
  const hasPicture = iconUrl !== undefined && iconUrl !== failedUrl
  return (
    <span className="opsai-logo" data-size={size} aria-hidden="true">
      {hasPicture ? (
        <img src={iconUrl} alt="" loading="lazy" decoding="async" onError={() => setFailedUrl(iconUrl)} />
      ) : (
        <span className="opsai-logo-letter">{firstLetter(name)}</span>
      )}
    </span>
  )
}

const firstLetter = (name: string): string => (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '?').toUpperCase()
