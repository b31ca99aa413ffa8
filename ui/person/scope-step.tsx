import type { Explanation } from '../api/further-answers.js';
import { AdviceText } from '../shown/advice-text.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

/** Whether a sync reads the entry: base, filter, group, and whether it can become a person. */
export function ScopeStep({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useWords();
  const { whereabouts, group, rejection } = explanation;
  return (
    <>
      <p>{t(`person.where.${whereabouts ?? 'null'}`)}</p>
      {group && (
        <p>
          <Text
            value={t('person.group', {
              name: group.name,
              membership: t(`person.group.${group.membership}`),
            })}
          />
        </p>
      )}
      {rejection && <AdviceText told={rejection} />}
    </>
  );
}
