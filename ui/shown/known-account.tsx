import type { KnownAccount } from '../api/account-answers.js';
import { useWords } from '../words/words.js';
import { Text } from './text.js';

/** What everybody has says nothing. */
const OF_EVERYBODY: ReadonlySet<string> = new Set(['user', 'admin']);

/** What is known of somebody's account, for who decides about them: the worst to lose first. */
export function KnownAccountView({ account }: { readonly account: KnownAccount }) {
  const { t, age, time } = useWords();
  const { isAdministrator, roles, ownedRooms, lastLogin } = account;
  return (
    <span class="known">
      {isAdministrator && <span class="tag takes">{t('pair.admin')}</span>}
      {roles
        .filter((role) => !OF_EVERYBODY.has(role))
        .map((role) => (
          <span key={role} class="tag">
            <Text value={role} />
          </span>
        ))}
      {ownedRooms > 0 && <span class="tag">{t('account.owns', { count: ownedRooms })}</span>}
      <span title={lastLogin === undefined ? undefined : time(lastLogin)}>
        {lastLogin === undefined ? t('account.never') : t('account.signedIn', { age: age(lastLogin) })}
      </span>
    </span>
  );
}
