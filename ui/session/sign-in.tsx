import { textOf } from '../data/form-text.js';
import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Credentials } from '../../client/index.js';
import type { AskForCode } from '../second-factor/ask-for-code.js';
import { useWords } from '../words/words.js';
import { Mark } from '../shown/mark.js';
import { logIn, LoginRefused } from './log-in.js';

interface Props {
  readonly api: string;
  readonly askForCode: AskForCode;
  readonly enter: (credentials: Credentials, stay: boolean) => void;
  readonly isExpired?: boolean;
}

/** The chat server's own sign-in: name and password, and a second factor where the server asks for one. */
export function SignIn({ api, askForCode, enter, isExpired = false }: Props) {
  const { t } = useWords();
  const [refusal, setRefusal] = useState<LoginRefused>();
  const [isGoing, setIsGoing] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsGoing(true);
    setRefusal(undefined);
    try {
      const given = { user: textOf(form, 'user').trim(), password: textOf(form, 'password') };
      enter(await logIn(api, given, askForCode), form.get('stay') !== null);
    } catch (error) {
      setRefusal(error instanceof LoginRefused ? error : new LoginRefused('refused', String(error)));
      setIsGoing(false);
    }
  }

  const content = (
    <form class="sign-in card" onSubmit={(event) => void submit(event)}>
      <Mark />
      <h1 id="sign-in-title">{t('signIn.title')}</h1>
      <p class="muted">{t(isExpired ? 'signIn.expired' : 'signIn.lead')}</p>
      <label>
        {t('signIn.user')}
        <input
          ref={first}
          name="user"
          autocomplete="username"
          autocapitalize="none"
          required
          maxLength={256}
        />
      </label>
      <label>
        {t('signIn.password')}
        <input name="password" type="password" autocomplete="current-password" required maxLength={256} />
      </label>
      <label class="check">
        <input name="stay" type="checkbox" />
        {t('signIn.stay')}
      </label>
      <div role="alert">
        {refusal && (
          <p class="refusal">
            {t(`signIn.${refusal.code}`, { message: refusal.message, origin: location.origin })}
          </p>
        )}
      </div>
      <button class="primary" disabled={isGoing}>
        {t(isGoing ? 'signIn.going' : 'signIn.submit')}
      </button>
    </form>
  );
  return isExpired ? (
    <div class="over" role="dialog" aria-modal="true" aria-labelledby="sign-in-title">
      {content}
    </div>
  ) : (
    <main class="alone" id="content">
      {content}
    </main>
  );
}
