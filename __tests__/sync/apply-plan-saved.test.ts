import { UnusableSettingsError } from '../../lib/settings/unusable-settings-error.js';
import { NARROW, useNarrowPlan } from '../setup/narrow-plan.js';
import { removals } from '../setup/interventions.js';

const planning = useNarrowPlan();
const { preview, apply, off } = planning;
const PASSWORD = 'LDAP_Authentication_Password';

/** As a Rocket.Chat writes down that it runs. */
const shareWithRocketChat = () =>
  planning.connection().collection('instances').insertOne({ name: 'rocket.chat' });

const isAboutRestart = expect.objectContaining({
  message: expect.stringContaining('Rocket.Chat'),
  remedy: expect.stringContaining('Restart'),
});

describe('the settings that an application saves', () => {
  it('may ask for a restart of Rocket.Chat, which the report says', async () => {
    await shareWithRocketChat();
    const run = await apply((await preview(NARROW))._id);
    expect(run.problems.filter(({ message }) => message.includes('restarted'))).toEqual([isAboutRestart]);
  });

  it('ask for it also where the run that has saved them was cut off before it could say so', async () => {
    await shareWithRocketChat();
    const plan = await preview(NARROW);
    await planning.killAt(removals(), () => apply(plan._id));
    expect((await apply(plan._id)).problems).toContainEqual(isAboutRestart);
  });

  it('say nothing of Rocket.Chat where there is none, or nothing is saved', async () => {
    const { problems } = await apply((await preview(NARROW))._id);
    await shareWithRocketChat();
    const again = await apply((await preview())._id);
    expect([...problems, ...again.problems].filter(({ message }) => message.includes('Chat'))).toEqual([]);
  });
});

it('a secret for settings that are saved already is refused with its name and a remedy, and without it the plan gets on', async () => {
  const secrets = { [PASSWORD]: 'correct horse' };
  const plan = await preview({ ...NARROW, ...secrets });
  await planning.killAt(removals(), () => apply(plan._id, secrets));
  const refused = await apply(plan._id, secrets).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UnusableSettingsError);
  expect((refused as UnusableSettingsError).problems).toEqual([
    {
      setting: PASSWORD,
      code: 'plan-secret-saved',
      params: { setting: PASSWORD },
      message: expect.stringContaining('saved the settings already'),
      remedy: expect.stringContaining('"secrets"'),
    },
  ]);
  expect(JSON.stringify(refused)).not.toContain('correct horse');
  expect(await off()).toEqual([]);
  expect(await apply(plan._id)).toMatchObject({ state: 'completed', counts: { deactivated: 6 } });
});
