import { textOf } from '../data/form-text.js';
import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Challenge, SecondFactorMethod } from '../../client/index.js';
import { Dialog } from '../shown/dialog.js';
import { useWords } from '../words/words.js';
import type { GivenCode } from './ask-for-code.js';

interface Props {
  readonly challenge: Challenge;
  readonly answer: (given: GivenCode | undefined) => void;
}

/** Says which code is wanted and where to get it. */
export function CodeDialog({ challenge, answer }: Props) {
  const { t } = useWords();
  const [method, setMethod] = useState<SecondFactorMethod>(challenge.method);
  const { errorType, availableMethods } = challenge;
  const isSpent = errorType === 'totp-max-attempts';
  const cannotHash = method === 'password' && !globalThis.isSecureContext;
  const others = [...new Set([challenge.method, ...availableMethods])].filter((one) => one !== method);

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const code = textOf(new FormData(event.currentTarget), 'code');
    if (code.trim() !== '') answer({ method, code: method === 'password' ? code : code.trim() });
  }

  return (
    <Dialog name="code-dialog" title={t('factor.title')} close={() => answer(undefined)}>
      <form onSubmit={submit}>
        <div role="alert">
          {isSpent && <p class="refusal">{t('factor.spent')}</p>}
          {errorType === 'totp-invalid' && (
            <p class="refusal">
              {t(challenge.method === 'password' ? 'factor.wrongPassword' : 'factor.wrong')}
            </p>
          )}
          {cannotHash && <p class="refusal">{t('factor.insecure')}</p>}
        </div>
        <Where challenge={challenge} method={method} />
        <label>
          {t(method === 'password' ? 'factor.codePassword' : 'factor.code')}
          <CodeInput key={method} method={method} isDisabled={isSpent || cannotHash} />
        </label>
        {others.length > 0 && (
          <p class="others">
            <span class="muted">{t('factor.other')}</span>
            {others.map((one) => (
              <button key={one} type="button" class="link" onClick={() => setMethod(one)}>
                {t(`factor.by.${one}`)}
              </button>
            ))}
          </p>
        )}
        <p class="buttons end">
          <button type="button" onClick={() => answer(undefined)}>
            {t('state.cancel')}
          </button>
          <button class="primary" disabled={isSpent || cannotHash}>
            {t('factor.submit')}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function Where({
  challenge,
  method,
}: {
  readonly challenge: Challenge;
  readonly method: SecondFactorMethod;
}) {
  const { t, time } = useWords();
  const who = challenge.emailOrUsername ?? t('factor.you');
  const { codeExpires } = challenge;
  if (method !== 'email') return <p>{t(`factor.${method}`)}</p>;
  return (
    <p>
      {codeExpires === undefined
        ? t('factor.email', { who })
        : t('factor.emailUntil', { who, until: time(codeExpires) })}
    </p>
  );
}

function CodeInput({
  method,
  isDisabled,
}: {
  readonly method: SecondFactorMethod;
  readonly isDisabled: boolean;
}) {
  return method === 'password' ? (
    <input
      name="code"
      type="password"
      autocomplete="current-password"
      autofocus
      required
      disabled={isDisabled}
    />
  ) : (
    <input
      class="code"
      name="code"
      autocomplete="one-time-code"
      inputMode={method === 'totp' ? 'text' : 'numeric'}
      autofocus
      required
      maxLength={64}
      disabled={isDisabled}
    />
  );
}
