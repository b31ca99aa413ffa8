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
import type { FirstStep } from './first-steps.js';
import type { Headline } from './headline.js';

interface Props {
  readonly headline: Headline;
  readonly status: Status;
  /** Of what leads to the first sync. */
  readonly next: FirstStep | undefined;
  readonly reload: () => void;
}

export function HeadlineView({ headline, status, next, reload }: Props) {
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
          {next === 'settings' && (
            <a class="button primary" href="#/settings">
              {t('health.first.open')}
            </a>
          )}
          {status.settings.enabled && (
            <Start
              first={held === undefined ? (next === 'preview' ? 'preview' : 'sync') : undefined}
              reload={reload}
            />
          )}
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

type Started = 'sync' | 'preview';
const STARTED: readonly Started[] = ['sync', 'preview'];

interface StartProps {
  /** The button that most want to press; absent: another one on the screen. */
  readonly first: Started | undefined;
  readonly reload: () => void;
}

/** Each press is answered: what was started is opened, and a refusal says why. */
function Start({ first, reload }: StartProps) {
  const { t } = useWords();
  const { server } = useSession();
  const announce = useAnnounce();
  const { isGoing, error, act } = useAction();
  const [asked, setAsked] = useState<Started>();

  function start(kind: Started): void {
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
      {[...STARTED]
        .sort((one, other) => Number(other === first) - Number(one === first))
        .map((kind) => (
          <button
            key={kind}
            type="button"
            class={kind === first ? 'primary' : undefined}
            disabled={isGoing}
            aria-busy={isGoing && asked === kind}
            onClick={() => start(kind)}
          >
            {t(`health.${kind}`)}
          </button>
        ))}
      <Refusal error={error} />
    </>
  );
}
