import { useLoad } from '../data/use-load.js';
import type { ApiError } from '../../client/index.js';
import { useSession } from '../session/session-context.js';
import { toPersonLink, type PersonKey } from '../shell/route.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { PersonForm } from './person-form.js';
import { PersonSteps } from './person-steps.js';

interface Props {
  readonly by?: PersonKey | undefined;
  readonly text?: string | undefined;
}

/** Why does somebody look as they do: asks, and shows the way step by step. */
export function PersonScreen({ by, text }: Props) {
  const { t } = useWords();
  return (
    <div class="person">
      <h1>{t('person.title')}</h1>
      <p class="muted">{t('person.lead')}</p>
      <PersonForm key={`${by ?? ''} ${text ?? ''}`} by={by} text={text} />
      {by !== undefined && text !== undefined && text !== '' ? (
        <Explained key={`${by} ${text}`} by={by} text={text} />
      ) : (
        <p class="muted idle">{t('person.idle')}</p>
      )}
    </div>
  );
}

function Explained({ by, text }: { readonly by: PersonKey; readonly text: string }) {
  const { t } = useWords();
  const { server } = useSession();
  const explanation = useLoad(`explain ${by} ${text}`, (signal) => server.explain({ by, text }, { signal }));
  const { error, data } = explanation;
  if (error?.status === 400 && !data) return <NotExplained by={by} text={text} error={error} />;
  return (
    <>
      {!data && !error && (
        <p class="muted" role="status">
          {t('person.asking')}
        </p>
      )}
      <LoadedView loaded={explanation} lines={10}>
        {(answer) => <PersonSteps explanation={answer} asked={{ by, text }} reload={explanation.reload} />}
      </LoadedView>
    </>
  );
}

interface NotProps {
  readonly by: PersonKey;
  readonly text: string;
  readonly error: ApiError;
}

/** Nobody, several, or a directory that does not answer: each says what to do. */
function NotExplained({ by, text, error }: NotProps) {
  const { t } = useWords();
  const details = (error.details ?? {}) as {
    readonly dns?: readonly string[];
    readonly remedy?: string;
    readonly problems?: readonly { readonly message: string; readonly remedy: string }[];
  };
  if (error.message === 'User not found')
    return (
      <Blank tone="off" title={t('person.none')}>
        <p>
          <Text value={t('person.none.text', { by: t(`person.by.${by}`), text })} />
        </p>
      </Blank>
    );
  if (error.message === 'LDAP_disabled') return <Blank tone="off" title={t('person.off')} />;
  if (error.errorType === 'several-entries')
    return (
      <Blank tone="warn" title={t('person.several')}>
        <p>{t('person.several.text')}</p>
        <ul class="plain">
          {(details.dns ?? []).map((dn) => (
            <li key={dn}>
              <a href={toPersonLink('dn', dn)}>
                <Text value={dn} />
              </a>
            </li>
          ))}
        </ul>
      </Blank>
    );
  return (
    <Blank
      tone="bad"
      title={t(error.errorType === 'invalid-settings' ? 'person.settings' : 'person.directory')}
    >
      <p>
        <Text value={error.message} lang="en" />
      </p>
      {details.remedy !== undefined && <p>{details.remedy}</p>}
      {(details.problems ?? []).map(({ message, remedy }) => (
        <p key={message}>
          <Text value={`${message} ${remedy}`} lang="en" />
        </p>
      ))}
    </Blank>
  );
}
