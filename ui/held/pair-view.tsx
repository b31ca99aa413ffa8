import type { ComponentChildren } from 'preact';
import type { AccountPair } from '../api/account-answers.js';
import { Icon } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

/** An entry and an account side by side, so that a person can say whether they are the same. */
export function PairView({ pair }: { readonly pair: AccountPair }) {
  const { t, name, time } = useWords();
  const { matchedBy, shared, entry, account, obstacles, warnings } = pair;
  const list = (items: readonly string[]): ComponentChildren =>
    items.length === 0 ? <span class="muted">{t('state.none')}</span> : <Text value={items.join(', ')} />;
  return (
    <div class="pair">
      <p>
        {t('pair.matchedBy')}:{' '}
        <strong>
          {t(`pair.${matchedBy}`, { address: shared.address ?? '', username: shared.username ?? '' })}
        </strong>
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('pair.entry')}</th>
            <th scope="col">{t('pair.account')}</th>
          </tr>
        </thead>
        <tbody>
          <Line title={t('pair.name')} entry={entry.name} account={account.name} />
          <Line title={t('pair.username.label')} entry={entry.username} account={account.username} />
          <tr>
            <th scope="row">{t('pair.state')}</th>
            <td>{name('pair', entry.state)}</td>
            <td>{t(account.active ? 'pair.active' : 'pair.inactive')}</td>
          </tr>
          <tr>
            <th scope="row">{t('pair.roles')}</th>
            <td />
            <td>
              {list(account.roles)}{' '}
              {account.isAdministrator && <span class="tag takes">{t('pair.admin')}</span>}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('pair.addresses')}</th>
            <td>{list(entry.addresses)}</td>
            <td>{shared.address === undefined ? '' : <Text value={shared.address} />}</td>
          </tr>
          <tr>
            <th scope="row">{t('pair.lastLogin')}</th>
            <td />
            <td>{account.lastLogin === undefined ? t('health.never') : time(account.lastLogin)}</td>
          </tr>
          {account.otherSignIns.length > 0 && (
            <tr>
              <th scope="row">{t('pair.otherSignIns')}</th>
              <td />
              <td>{list(account.otherSignIns)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {obstacles.length > 0 && (
        <p class="small">
          {t('pair.obstacles')}: {obstacles.map((code) => name('obstacle', code)).join('; ')}.
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} class="refusal small">
          <Icon tone="warn" />
          <Text value={warning} lang="en" />
        </p>
      ))}
    </div>
  );
}

interface LineProps {
  readonly title: string;
  readonly entry: string | undefined;
  readonly account: string | undefined;
}

function Line({ title, entry = '', account = '' }: LineProps) {
  return (
    <tr class={entry === account ? 'same' : 'differs'}>
      <th scope="row">{title}</th>
      <td>
        <Text value={entry} />
      </td>
      <td>
        <Text value={account} />
      </td>
    </tr>
  );
}
