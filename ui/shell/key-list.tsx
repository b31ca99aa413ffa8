import { useState } from 'preact/hooks';
import { Dialog } from '../shown/dialog.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';
import { areKeysOn, switchKeys } from './keys.js';

const KEYS: readonly (readonly [keys: readonly string[], what: WordKey, areTogether?: boolean])[] = [
  [['/'], 'keys.search'],
  [['g', 'h'], 'keys.health', true],
  [['g', 'r'], 'keys.runs', true],
  [['g', 'd'], 'keys.held', true],
  [['g', 'p'], 'keys.person', true],
  [['g', 's'], 'keys.settings', true],
  [['g', 't'], 'keys.schedule', true],
  [['↑', '↓'], 'keys.move'],
  [['␣'], 'keys.choose'],
  [['?'], 'keys.list'],
];

export function KeyList({ close }: { readonly close: () => void }) {
  const { t } = useWords();
  const [isOn, setIsOn] = useState(areKeysOn);
  return (
    <Dialog title={t('keys.title')} close={close}>
      <dl class="keys">
        {KEYS.map(([keys, what, areTogether = false]) => (
          <div key={what}>
            <dt>
              {keys.map((key, index) => (
                <>
                  {index > 0 && areTogether && <span class="muted"> {t('keys.then')} </span>}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ currentTarget: { checked } }) => {
            switchKeys(checked);
            setIsOn(checked);
          }}
        />
        {t('keys.on')}
      </label>
      <p class="buttons end">
        <button type="button" class="primary" autofocus onClick={close}>
          {t('state.close')}
        </button>
      </p>
    </Dialog>
  );
}
