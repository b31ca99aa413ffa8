import type { GroupsFacts } from '../api/test-answers.js';
import { Text } from '../shown/text.js';
import { useSettingWords } from './use-setting-words.js';

/** Which groups the settings name and whether they are there; what other groups there are. */
export function GroupsFactsView({ facts: { used, overviews } }: { readonly facts: GroupsFacts }) {
  const { s, named, label, number } = useSettingWords();
  return (
    <>
      {used.map(({ setting, groups, more }) => (
        <div key={setting}>
          <h4>{label(setting)}</h4>
          <ul class="group-list">
            {groups.map(({ name, state }) => (
              <li key={name}>
                <Text value={name} />{' '}
                <span class={`tag${state === 'read' ? ' adds' : ' takes'}`}>
                  {named('group', String(state))}
                </span>
              </li>
            ))}
            {more > 0 && <li class="muted">{s('groups.more', { count: more })}</li>}
          </ul>
        </div>
      ))}
      {overviews.map(({ base, groups, isMore, biggest, nested, empty }) => (
        <div key={base}>
          <h4 class="mono">
            <Text value={base} />
          </h4>
          <p>
            {isMore ? s('groups.atLeast', { count: groups }) : s('groups.count', { count: groups })} ·{' '}
            {s('groups.nested', { count: nested })} · {s('groups.empty', { count: empty.count })}
          </p>
          {biggest.length > 0 && (
            <ul class="group-list">
              {biggest.map(({ dn, members, isMore: hasMore }) => (
                <li key={dn}>
                  <Text value={dn} />{' '}
                  <span class="muted">
                    {number(members)}
                    {hasMore && '+'}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </>
  );
}
