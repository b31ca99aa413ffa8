import type { Change } from '../api/answers.js';
import { FieldChanges } from '../shown/field-changes.js';
import { PersonName, toPlace } from '../shown/person-name.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { PairView } from './pair-view.js';

interface Props {
  readonly row: Change;
  readonly isChosen: boolean;
  readonly choose: (ids: readonly string[], isChosen: boolean) => void;
}

/** One person of the list: who, and the line that goes beside the line that comes. */
export function HeldRow({ row, isChosen, choose }: Props) {
  const { t, name } = useWords();
  const { id = '', decided, disabledBy, reason, pair } = row;
  // The title of the group says already what happens to all of them.
  const isSwitching = row.kind === 'deactivate';
  const called = row.name ?? row.username ?? row.dn ?? '';
  return (
    <tr class={decided ? 'decided' : isChosen ? 'chosen' : undefined}>
      <td class="box">
        <input
          type="checkbox"
          aria-label={t('held.choose', { name: called })}
          checked={isChosen}
          disabled={decided !== undefined}
          onChange={({ currentTarget: { checked } }) => choose([id], checked)}
        />
      </td>
      <th scope="row">
        <PersonName {...row} hasPlace={!isSwitching} />
        {decided && <span class="tag">{name('held.decided', decided.verdict)}</span>}
      </th>
      <td>
        {pair && <PairView pair={pair} />}
        {isSwitching && row.dn !== undefined && (
          <span class="muted">
            <Text value={toPlace(row.dn)} />
          </span>
        )}
        {!pair && !isSwitching && <FieldChanges fields={row.fields} />}
        {disabledBy !== undefined && <code class="small by">{disabledBy}</code>}
        {reason !== undefined && !pair && (
          <p class="muted small">
            <Text value={reason} lang="en" />
          </p>
        )}
      </td>
    </tr>
  );
}
