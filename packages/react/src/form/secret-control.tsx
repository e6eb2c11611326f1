import { type ReactNode, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { isMasked, secretMask } from '../spec/cast.js'
import type { SecretField } from '../spec/field.js'
import { Button } from '../ui/button.js'
import { Icon } from '../ui/icon.js'
import { TextArea } from '../ui/text-area.js'
import { TextInput } from '../ui/text-input.js'
import { FileButton } from './file-button.js'
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
  const { field, id, value, onChange, aria, disabled, isStored } = props
  const messages = useFormMessages()
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
    <SecretInput {...props} autoFocus={wasSwitched}>
      {isStored && (
        <Button
          variant="quiet"
          size={field.multiline ? 'small' : 'medium'}
          aria-label={messages.secretKeepLabel({ title: field.title })}
          onClick={() => {
            setSwitched(true)
            onChange(secretMask)
          }}
        >
          {messages.secretKeep}
        </Button>
      )}
    </SecretInput>
  )
}

interface SecretInputProps extends ControlProps<SecretField> {
  autoFocus: boolean
  children: ReactNode
}

/** What is typed can be looked at until it is stored. */
function SecretInput({ children, ...props }: SecretInputProps) {
  const { field, id, value, onChange, onBlur, aria, disabled, autoFocus } = props
  const messages = useFormMessages()
  const [isWanted, setWanted] = useState(false)
  const text = typeof value === 'string' ? value : ''
  // What is typed next, perhaps by somebody else, starts hidden.
  if (isWanted && text === '') setWanted(false)
  const isShown = isWanted && text !== ''
  const shared = { id, onBlur, disabled, autoFocus, value: text, ...unmanaged, ...aria }
  const title = { title: field.title }
  const reveal = text !== '' && (
    <Button
      variant="quiet"
      size={field.multiline ? 'small' : 'medium'}
      aria-label={isShown ? messages.secretHideLabel(title) : messages.secretShowLabel(title)}
      onClick={() => setWanted(!isShown)}
    >
      {isShown ? messages.secretHide : messages.secretShow}
    </Button>
  )
  if (!field.multiline) {
    return (
      <div className="opsai-secret">
        <TextInput
          {...shared}
          type={isShown ? 'text' : 'password'}
          onChange={(event) => onChange(event.target.value)}
        />
        {reveal}
        {children}
      </div>
    )
  }
  return (
    <>
      <TextArea
        {...shared}
        data-kind={isShown ? undefined : 'secret'}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="opsai-secret">
        <FileButton id={id} title={field.title} disabled={disabled} onRead={onChange} />
        {reveal}
        {children}
      </div>
    </>
  )
}
