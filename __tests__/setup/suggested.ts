import type { AdminClient, RunBody } from './admin-client.js';

interface Proposal {
  readonly setting: string;
  readonly value: unknown;
}

/** What a look proposes; fails the test when there is no answer. */
export async function suggest(admin: AdminClient, settings: object) {
  const { status, body } = await admin.post('suggestSettings', { settings });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** The values by setting. */
export function toValues(proposals: readonly Proposal[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(proposals.map(({ setting, value }) => [setting, value]));
}

/** A preview with what was proposed, as it is, beside what the directory was asked with. */
export async function previewSuggested(admin: AdminClient, settings: object): Promise<RunBody> {
  const { proposals } = await suggest(admin, settings);
  const on = { LDAP_Enable: true, LDAP_Background_Sync: true };
  return admin.run('previewSync', { settings: { ...settings, ...on, ...toValues(proposals) } });
}
