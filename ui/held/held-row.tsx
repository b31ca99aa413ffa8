import type { Change } from '../api/answers.js';
import { FieldChanges } from '../shown/field-changes.js';
import { toPlace } from '../shown/dn.js';
import { KnownAccountView } from '../shown/known-account.js';
import { PersonName } from '../shown/person-name.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { PairView } from './pair-view.js';

interface Props {
  readonly row: Change;
  readonly isChosen: boolean;
  /** Absent: there is nothing to decide. */
  readonly choose: ((ids: readonly string[], isChosen: boolean) => void) | undefined;
}

/** One person of the list: who, and the line that goes beside the line that comes. */
export function HeldRow({ row, isChosen, choose }: Props) {
  const { t, name } = useWords();
  const { id = '', decided } = row;
  const called = row.name ?? row.username ?? row.dn ?? '';
  return (
    <tr class={decided ? 'decided' : isChosen ? 'chosen' : undefined}>
      {choose && (
        <td class="box">
          <input
            type="checkbox"
            aria-label={t('held.choose', { name: called })}
            checked={isChosen}
            disabled={decided !== undefined}
            onChange={({ currentTarget: { checked } }) => choose([id], checked)}
          />
        </td>
      )}
      <th scope="row">
        <PersonName {...row} hasPlace={!isSwitchedOff(row)} />
        {row.account && !row.pair && <KnownAccountView account={row.account} />}
        {decided && <span class="tag">{name('held.decided', decided.verdict)}</span>}
      </th>
      <td>
        <What row={row} />
      </td>
    </tr>
  );
}

/** The title of the group says already what happens to all of them; where they were says whether it is right. */
function isSwitchedOff({ kind }: Change): boolean {
  return kind === 'deactivate';
}

function What({ row }: { readonly row: Change }) {
  const { disabledBy, reason, pair, dn, fields } = row;
  if (pair) return <PairView pair={pair} />;
  return (
    <>
      {!isSwitchedOff(row) && <FieldChanges fields={fields} row={row} />}
      {isSwitchedOff(row) && dn !== undefined && (
        <span class="muted">
          <Text value={toPlace(dn)} />
        </span>
      )}
      {disabledBy !== undefined && <code class="small by">{disabledBy}</code>}
      {reason !== undefined && (
        <p class="muted small">
          <Text value={reason} lang="en" />
        </p>
      )}
    </>
  );
}
