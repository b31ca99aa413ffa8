import { useState } from 'preact/hooks';
import type { SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSettingWords } from './use-setting-words.js';

interface Props {
  readonly row: SettingRow;
  readonly id: string;
  readonly isLocked: boolean;
  readonly describedBy: string;
}

/** A secret is set or not set; it can be replaced and forgotten, and is never shown. */
export function SecretControl({ row: { setting, source }, id, isLocked, describedBy }: Props) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const [isOpen, setIsOpen] = useState(false);
  const given = draft.values[setting];
  const isSet = source !== 'default';
  const isReplaced = isOpen || typeof given === 'string';
  if (!isReplaced)
    return (
      <p class="secret">
        <span class="tag">
          {s(given === null ? 'secret.forgotten' : isSet ? 'secret.set' : 'secret.unset')}
        </span>
        <button
          id={id}
          type="button"
          disabled={isLocked}
          aria-describedby={describedBy}
          onClick={() => setIsOpen(true)}
        >
          {s(isSet ? 'secret.replace' : 'secret.give')}
        </button>
        {isSet && given !== null && !isLocked && (
          <button type="button" class="link" onClick={() => draft.set(setting, null)}>
            {s('secret.forget')}
          </button>
        )}
      </p>
    );
  return (
    <p class="secret">
      <input
        id={id}
        type="password"
        autocomplete="off"
        aria-describedby={describedBy}
        value={typeof given === 'string' ? given : ''}
        onInput={({ currentTarget: { value } }) => draft.set(setting, value === '' ? undefined : value)}
      />
      <button
        type="button"
        class="link"
        onClick={() => {
          setIsOpen(false);
          draft.set(setting, undefined);
        }}
      >
        {s('secret.keep')}
      </button>
    </p>
  );
}
