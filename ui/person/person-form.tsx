import { textOf } from '../data/form-text.js';
import type { TargetedSubmitEvent } from 'preact';
import { guessPersonKey, PERSON_KEYS, toPersonLink, type PersonKey } from '../shell/route.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly by?: PersonKey | undefined;
  readonly text?: string | undefined;
}

export function PersonForm({ by, text }: Props) {
  const { t } = useWords();
  function ask(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const asked = textOf(form, 'asked').trim();
    const key = PERSON_KEYS.find((one) => one === form.get('by')) ?? guessPersonKey(asked);
    if (asked !== '') location.hash = toPersonLink(key, asked);
  }
  const isGuessed = by === undefined || by === guessPersonKey(text ?? '');
  return (
    <form class="ask" role="search" aria-label={t('person.submit')} onSubmit={ask}>
      <input
        name="asked"
        type="search"
        required
        maxLength={1_000}
        defaultValue={text ?? ''}
        aria-label={t('person.text')}
        placeholder={t('person.text')}
      />
      <label class="inline">
        {t('person.by')}
        <select name="by" defaultValue={isGuessed ? '' : by}>
          <option value="">{t('person.by.auto')}</option>
          {PERSON_KEYS.map((key) => (
            <option key={key} value={key}>
              {t(`person.by.${key}`)}
            </option>
          ))}
        </select>
      </label>
      <button class="primary">{t('person.submit')}</button>
    </form>
  );
}
