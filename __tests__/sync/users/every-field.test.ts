import { TEXT_FIELDS } from '../../../lib/settings/text-fields.js';
import { MANAGED_FIELD_NAMES } from '../../../lib/sync/plan/managed-fields.js';
import { valueAt } from '../../../lib/sync/plan/field-path.js';
import { toPerson, useHistories } from '../../setup/histories.js';

const { sync, user } = useHistories();

it('every managed field is stored, and read again by the next run, which changes nobody', async () => {
  const texts = Object.entries(TEXT_FIELDS);
  const settings = Object.fromEntries(texts.map(([field, { setting }]) => [setting, `x-${field}`]));
  const values = Object.fromEntries(texts.map(([field]) => [`x-${field}`, `the ${field}`]));
  const ada = toPerson('ada', values);
  await sync([ada], settings);
  const stored = await user('ada');
  for (const field of MANAGED_FIELD_NAMES)
    expect([field, stored && valueAt(stored, field)]).not.toContain(undefined);
  expect(await sync([ada], settings)).toMatchObject({ counts: { unchanged: 1, updated: 0 } });
  expect(await user('ada')).toEqual(stored);
});
