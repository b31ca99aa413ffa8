import { z } from 'zod';
import { ASKED_FIELDS, isOneAsked, ONE_ASKED } from './asked-person.js';
import { message } from './basics.js';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

export const syncNowAnswer = message('Sync_in_progress');

export const syncPersonBody = z.strictObject(ASKED_FIELDS).refine(isOneAsked, ONE_ASKED);
export const syncPersonDemand =
  'The body must have exactly one of username, email, dn and id, as a text of 1 to 256 characters (dn: 1024), and ' +
  'nothing else';
export const syncPersonAnswer = message('Person_sync_in_progress');

export const previewSyncBody = z
  .strictObject({ settings: settingValues.optional() })
  .default({})
  .describe(
    'With `settings` a preview of a kind of its own (`trial`) with these in the place of the saved ones; nothing is ' +
      'saved, and no other call joins it. The password is needed where the server, its protection or its account differ.',
  );
export const previewSyncDemand = `The body may have ${SETTINGS_DEMAND}; and nothing else`;
export const previewSyncAnswer = message('Preview_in_progress');
