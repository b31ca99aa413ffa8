import { useWords } from '../words/words.js';

interface Props {
  readonly permission: string;
  readonly again: () => void;
  readonly signOut: () => void;
}

/** Names the permission that is missing, and who gives it. */
export function Forbidden({ permission, again, signOut }: Props) {
  const { t } = useWords();
  const [before, after] = t('forbidden.text', { permission: '\0' }).split('\0');
  return (
    <main class="alone" id="content">
      <h1>{t('forbidden.title')}</h1>
      <p role="alert">
        {before}
        <code>{permission}</code>
        {after}
      </p>
      <p class="buttons">
        <button type="button" class="primary" onClick={again}>
          {t('forbidden.again')}
        </button>
        <button type="button" onClick={signOut}>
          {t('forbidden.other')}
        </button>
      </p>
    </main>
  );
}
