import { useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { isMasked, secretMask } from '../spec/cast.js'
import type { SecretField } from '../spec/field.js'
import { Button } from '../ui/button.js'
import { Icon } from '../ui/icon.js'
import { TextArea } from '../ui/text-area.js'
import { TextInput } from '../ui/text-input.js'
import type { ControlProps } from './form-context.js'

/** Keeps browsers and password managers from filling in or keeping what isn't a password of this site. */
const unmanaged = {
  autoComplete: 'new-password',
  autoCapitalize: 'none',
  'data-1p-ignore': '',
  'data-lpignore': 'true',
}

/** A secret: typed masked; a stored one is replaced whole or kept, never shown. */
export function SecretControl(props: ControlProps<SecretField>) {
  const { field, id, value, onChange, aria, disabled } = props
  const messages = useMessages().form
  const [wasStored] = useState(() => isMasked(value))
  const [wasSwitched, setSwitched] = useState(false)
  if (isMasked(value)) {
    return (
      <div className="opsai-secret">
        <span className="opsai-secret-stored">
          <Icon name="lock" />
          {messages.secretStored}
        </span>
        <Button
          id={id}
          autoFocus={wasSwitched}
          {...aria}
          aria-label={messages.secretReplaceLabel({ title: field.title })}
          aria-invalid={undefined}
          aria-required={undefined}
          disabled={disabled}
          onClick={() => {
            setSwitched(true)
            onChange('')
          }}
        >
          {messages.secretReplace}
        </Button>
      </div>
    )
  }
  return (
    <div className="opsai-secret">
      <SecretInput {...props} autoFocus={wasSwitched} />
      {wasStored && (
        <Button
          variant="quiet"
          aria-label={messages.secretKeepLabel({ title: field.title })}
          onClick={() => onChange(secretMask)}
        >
          {messages.secretKeep}
        </Button>
      )}
    </div>
  )
}

function SecretInput(props: ControlProps<SecretField> & { autoFocus: boolean }) {
  const { field, id, value, onChange, onBlur, aria, disabled, autoFocus } = props
  const shared = {
    id,
    onBlur,
    disabled,
    autoFocus,
    value: typeof value === 'string' ? value : '',
    ...unmanaged,
    ...aria,
  }
  return field.multiline ? (
    <TextArea {...shared} data-kind="secret" onChange={(event) => onChange(event.target.value)} />
  ) : (
    <TextInput {...shared} type="password" onChange={(event) => onChange(event.target.value)} />
  )
}
