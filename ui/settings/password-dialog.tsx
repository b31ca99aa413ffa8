import { createContext, type ComponentChildren, type TargetedSubmitEvent } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import type { SettingProblem } from '../api/settings-answers.js';
import { Dialog } from '../shown/dialog.js';
import { Text } from '../shown/text.js';
import { useServerTexts } from './server-texts.js';
import { useSettingWords } from './use-setting-words.js';

/** The password of a setting; `undefined` when the person gives up. */
export type AskForPassword = (problem: SettingProblem) => Promise<string | undefined>;
const Context = createContext<AskForPassword>(() => Promise.resolve(undefined));

export function useAskForPassword(): AskForPassword {
  return useContext(Context);
}

interface Asked {
  readonly problem: SettingProblem;
  readonly answer: (given: string | undefined) => void;
}

/** Asks for a stored password again, and says why it is not enough that it is stored. */
export function PasswordProvider({ children }: { readonly children: ComponentChildren }) {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback<AskForPassword>(
    (problem) =>
      new Promise((resolve) => {
        setAsked({
          problem,
          answer: (given) => {
            setAsked(undefined);
            resolve(given);
          },
        });
      }),
    [],
  );
  return (
    <Context.Provider value={ask}>
      {children}
      {asked && <PasswordDialog {...asked} />}
    </Context.Provider>
  );
}

function PasswordDialog({ problem, answer }: Asked) {
  const { setting } = problem;
  const { reason, lang } = useServerTexts().problem(problem);
  const { s, t, label } = useSettingWords();
  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('password');
    if (typeof given === 'string' && given !== '') answer(given);
  }
  return (
    <Dialog title={s('password.title')} close={() => answer(undefined)}>
      <form onSubmit={submit}>
        <p>{s('password.why')}</p>
        <p class="muted small">
          <Text value={reason} lang={lang} />
        </p>
        <label>
          {label(setting)}
          <input name="password" type="password" autocomplete="off" autofocus required />
        </label>
        <p class="buttons end">
          <button type="button" onClick={() => answer(undefined)}>
            {t('state.cancel')}
          </button>
          <button class="primary">{s('password.go')}</button>
        </p>
      </form>
    </Dialog>
  );
}
