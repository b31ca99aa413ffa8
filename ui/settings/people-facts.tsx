import type { PeopleFacts } from '../api/test-answers.js';
import { Icon } from '../shown/icon.js';
import { PersonName } from '../shown/person-name.js';
import { Text } from '../shown/text.js';
import { useSettingWords } from './use-setting-words.js';

/** How many people a sync would read now, and how many the last one did; three of them. */
export function PeopleFactsView({ facts }: { readonly facts: PeopleFacts }) {
  const { s, number, time } = useSettingWords();
  const { count, isMore, lastRun, samples, base, filter } = facts;
  const isFewer = lastRun !== undefined && !isMore && count < lastRun.read;
  return (
    <>
      <dl class="counts then-now">
        <div>
          <dt>{s('people.now')}</dt>
          <dd>
            {isFewer && <Icon tone="warn" />}
            {isMore ? s('people.atLeast', { count: number(count) }) : number(count)}
          </dd>
        </div>
        {lastRun && (
          <div>
            <dt>
              <a href={`#/runs/${lastRun.runId}`}>{s('people.then', { time: time(lastRun.at) })}</a>
            </dt>
            <dd>{number(lastRun.read)}</dd>
          </div>
        )}
      </dl>
      {isFewer && <p>{s('people.fewer', { count: lastRun.read - count })}</p>}
      <dl class="facts">
        <div>
          <dt>{s('people.base')}</dt>
          <dd class="mono">
            <Text value={base.dn} />{' '}
            {!base.isReadable && <span class="tag takes">{s('people.unreadable')}</span>}
          </dd>
        </div>
        <div>
          <dt>{s('people.filter')}</dt>
          <dd class="mono">
            <Text value={filter} />
          </dd>
        </div>
        {samples.length > 0 && (
          <div>
            <dt>{s('people.samples')}</dt>
            <dd>
              <ul class="samples">
                {samples.map((one) => (
                  <li key={one.dn}>
                    <PersonName {...one} />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}
