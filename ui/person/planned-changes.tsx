import type { Change } from '../api/answers.js';
import type { Explanation } from '../api/further-answers.js';
import { PairView } from '../held/pair-view.js';
import { FieldChanges } from '../shown/field-changes.js';
import { RowResult } from '../shown/row-result.js';
import { Text } from '../shown/text.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly changes: readonly Change[];
  readonly rooms: Explanation['rooms'];
  readonly guard: Explanation['guard'];
  readonly whereabouts: Explanation['whereabouts'];
}

/** Why nothing would happen: only who is read can be as the directory says. */
function toNothing(whereabouts: Props['whereabouts']): WordKey {
  if (whereabouts === 'present') return 'person.change.none';
  return whereabouts === null || whereabouts === 'gone' ? 'person.change.noEntry' : 'person.change.unread';
}

/** What a sync would do now, and what of it would wait. */
export function PlannedChanges({ changes, rooms, guard, whereabouts }: Props) {
  const { t, name } = useWords();
  const moving = rooms.filter(({ fate }) => fate === 'joins' || fate === 'leaves');
  return (
    <>
      {changes.length === 0 && <p>{t(toNothing(whereabouts))}</p>}
      {changes.map((change, index) => (
        <div key={index} class="planned">
          <p>
            <RowResult row={change} />
          </p>
          {change.pair ? (
            <PairView pair={change.pair} />
          ) : (
            <FieldChanges fields={change.fields} row={change} />
          )}
          {change.reason !== undefined && (
            <p class="small">
              <Text value={change.reason} lang="en" />
            </p>
          )}
        </div>
      ))}
      {moving.length > 0 && (
        <>
          <h4>{t('person.rooms')}</h4>
          <ul class="plain">
            {moving.map(({ kind, name: room, fate, explanation }) => (
              <li key={`${kind} ${room}`}>
                <span class={`tag ${fate === 'joins' ? 'adds' : 'takes'}`}>{t(`person.room.${fate}`)}</span>{' '}
                <Text value={room} />{' '}
                <span class="muted">
                  <Text value={explanation} lang="en" />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {guard.waiting.length > 0 && (
        <p class="muted">
          {t('person.change.guard', { kinds: guard.waiting.map((kind) => name('change', kind)).join(', ') })}{' '}
          <Text value={guard.explanation} lang="en" />{' '}
          {guard.undecidedRun !== null && <a href={`#/held/${guard.undecidedRun}`}>{t('health.decide')}</a>}
        </p>
      )}
    </>
  );
}
