import { useState } from 'preact/hooks';
import type { Status } from '../api/further-answers.js';
import { useAction } from '../data/use-action.js';
import { RejectedNext } from '../held/rejected-next.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { Icon } from '../shown/icon.js';
import { Refusal } from '../shown/refusal.js';
import { Text } from '../shown/text.js';
import { withoutCalls } from '../shown/without-calls.js';
import { useWords } from '../words/words.js';
import type { Headline } from './headline.js';

interface Props {
  readonly headline: Headline;
  readonly status: Status;
  readonly reload: () => void;
}

export function HeadlineView({ headline, status, reload }: Props) {
  const { t } = useWords();
  const { tone, title, detail, detailLang, remedy, held, rejected, report } = headline;
  return (
    <section class={`headline ${tone}`} aria-labelledby="headline">
      <Icon tone={tone} isLarge />
      <div>
        <h1 id="headline">{title}</h1>
        {detail !== undefined && (
          <p class="lead">
            <Text value={detail} lang={detailLang} />
          </p>
        )}
        {remedy !== undefined && (
          <p class="remedy">
            <Text value={withoutCalls(remedy)} lang="en" />
          </p>
        )}
        {rejected && <RejectedNext run={rejected} status={status} />}
        <div class="buttons">
          {held !== undefined && (
            <a class="button primary" href={`#/held/${held}`}>
              {t('health.decide')}
            </a>
          )}
          {status.settings.enabled && <Start isSecond={held !== undefined} reload={reload} />}
          {report !== undefined && (
            <a class="button quiet" href={`#/runs/${report}`}>
              {t('health.report')}
            </a>
          )}
        </div>
      </div>
    </section>
  );
}

/** Each press is answered: what was started is opened, and a refusal says why. */
function Start({ isSecond, reload }: { readonly isSecond: boolean; readonly reload: () => void }) {
  const { t } = useWords();
  const { server } = useSession();
  const announce = useAnnounce();
  const { isGoing, error, act } = useAction();
  const [asked, setAsked] = useState<'sync' | 'preview'>();

  function start(kind: 'sync' | 'preview'): void {
    setAsked(kind);
    void act(async () => {
      const { runId } = await server[kind]();
      announce(t(`health.started.${kind}`));
      reload();
      if (kind === 'preview') location.hash = `#/runs/${runId}`;
    });
  }

  return (
    <>
      <button
        type="button"
        class={isSecond ? undefined : 'primary'}
        disabled={isGoing}
        aria-busy={isGoing && asked === 'sync'}
        onClick={() => start('sync')}
      >
        {t('health.sync')}
      </button>
      <button
        type="button"
        disabled={isGoing}
        aria-busy={isGoing && asked === 'preview'}
        onClick={() => start('preview')}
      >
        {t('health.preview')}
      </button>
      <Refusal error={error} />
    </>
  );
}
