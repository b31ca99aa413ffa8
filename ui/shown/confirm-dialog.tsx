import { textOf } from '../data/form-text.js';
import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiError } from '../../client/index.js';
import { useWords } from '../words/words.js';
import { Dialog } from './dialog.js';
import { Refusal } from './refusal.js';

interface Props {
  readonly title: string;
  readonly confirm: string;
  /** The number that has to be typed; absent: a press is enough. */
  readonly typed?: number | undefined;
  readonly isGoing: boolean;
  readonly error: ApiError | undefined;
  readonly submit: (form: FormData) => void;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/** Asks once more before something is done that takes away. */
export function ConfirmDialog({ title, confirm, typed, isGoing, error, submit, close, children }: Props) {
  const { t, number } = useWords();
  const [isWrong, setIsWrong] = useState(false);

  function answer(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = textOf(form, 'number').replace(/\D/g, '');
    const isRight = typed === undefined || Number(given) === typed;
    setIsWrong(!isRight);
    if (isRight && !isGoing) submit(form);
  }

  return (
    <Dialog title={title} close={close}>
      <form onSubmit={answer}>
        {children}
        {typed !== undefined && (
          <label>
            {t('held.type', { count: number(typed) })}
            <input name="number" class="code" inputMode="numeric" autocomplete="off" autofocus required />
          </label>
        )}
        <div role="alert">
          {isWrong && <p class="refusal">{t('held.type.wrong', { count: number(typed ?? 0) })}</p>}
        </div>
        <Refusal error={error} />
        <p class="buttons end">
          <button type="button" autofocus={typed === undefined} onClick={close}>
            {t('state.cancel')}
          </button>
          <button class="primary" disabled={isGoing}>
            {confirm}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
