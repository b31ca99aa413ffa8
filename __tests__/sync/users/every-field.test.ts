import { TEXT_FIELD_NAMES, TEXT_FIELDS } from '../../../lib/settings/text-fields.js';
import { LOSABLE_FIELDS } from '../../../lib/sync/plan/fields-of-run.js';
import { MANAGED_FIELD_NAMES } from '../../../lib/sync/plan/managed-fields.js';
import { valueAt } from '../../../lib/sync/plan/field-path.js';
import { toPerson, useHistories } from '../../setup/histories.js';

const { sync, user } = useHistories();
const SETTINGS = Object.fromEntries(
  TEXT_FIELD_NAMES.map((field) => [TEXT_FIELDS[field].setting, `x-${field}`]),
);
const TEXTS = Object.fromEntries(TEXT_FIELD_NAMES.map((field) => [`x-${field}`, `the ${field}`]));
const ADA = toPerson('ada', TEXTS);

it('every managed field is stored, and read again by the next run, which changes nobody', async () => {
  await sync([ADA], SETTINGS);
  const stored = await user('ada');
  for (const field of MANAGED_FIELD_NAMES.filter((name) => name !== 'federated'))
    expect([field, stored && valueAt(stored, field)]).not.toContain(undefined);
  expect(await sync([ADA], SETTINGS)).toMatchObject({ counts: { unchanged: 1, updated: 0 } });
  expect(await user('ada')).toEqual(stored);
});

it('every field that is a text can be lost', async () => {
  await sync([ADA], SETTINGS);
  await sync([toPerson('ada')], SETTINGS);
  const stored = await user('ada');
  for (const { field } of LOSABLE_FIELDS.filter(({ field }) => field !== 'emails'))
    expect([field, stored && valueAt(stored, field)]).toEqual([field, undefined]);
});

it('what says that an account is of another server is stored, and read again', async () => {
  const settings = {
    LDAP_FederationHomeServer_Field: 'homeServer',
    Federation_Service_Enabled: true,
    Federation_Service_Domain: 'x.org',
  };
  const eve = toPerson('eve', { homeServer: 'other.example' });
  await sync([eve], settings);
  expect(await user('@eve:other.example')).toMatchObject({ federated: true });
  expect(await sync([eve], settings)).toMatchObject({ counts: { unchanged: 1 } });
});
