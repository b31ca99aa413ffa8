import { useRef } from 'preact/hooks';
import { ApiError } from '../../client/index.js';
import type { GivenValues, SettingProblem } from '../api/settings-answers.js';
import { useAction, type Action } from '../data/use-action.js';
import { useDraft } from '../draft/draft.js';
import { isPasswordWanted } from './is-password-wanted.js';
import { useAskForPassword } from './password-dialog.js';

const MOST_PASSWORDS = 3;

/** What the server finds wrong with settings, each with the setting it is about. */
export function toProblems({ details }: ApiError): readonly SettingProblem[] {
  const { problems } = (details ?? {}) as { readonly problems?: unknown };
  return Array.isArray(problems) ? problems.filter(isProblem) : [];
}

function isProblem(value: unknown): value is SettingProblem {
  const { setting, message, remedy } = (value ?? {}) as Partial<Record<string, unknown>>;
  return [setting, message, remedy].every((text) => typeof text === 'string');
}

export interface DraftCall extends Omit<Action, 'act'> {
  /** Makes a call with the draft, or with other values; what is refused of the draft is put beside its setting. */
  readonly call: (make: (values: GivenValues) => Promise<unknown>, others?: GivenValues) => Promise<boolean>;
}

interface Attempt {
  readonly values: GivenValues;
  readonly isDraft: boolean;
  readonly round: number;
}

/** Calls about the draft: a password that is wanted again is asked for, and the call made once more. */
export function useDraftCall(): DraftCall {
  const draft = useDraft();
  const latest = useRef(draft);
  latest.current = draft;
  const askForPassword = useAskForPassword();
  const { act, ...rest } = useAction();

  /** The password that a refusal wants; else rejects with it. */
  async function answerRefusal(error: unknown, { values, isDraft, round }: Attempt): Promise<GivenValues> {
    if (!(error instanceof ApiError)) throw error;
    const problems = toProblems(error);
    const wanted = problems.find((problem) => isPasswordWanted(problem, values));
    const given = wanted && round < MOST_PASSWORDS ? await askForPassword(wanted) : undefined;
    if (wanted && given !== undefined) return { [wanted.setting]: given };
    if (isDraft) latest.current.refuse(problems);
    throw error;
  }

  async function withPasswords(
    make: (values: GivenValues) => Promise<unknown>,
    others: GivenValues | undefined,
  ): Promise<void> {
    const isDraft = others === undefined;
    let values = others ?? latest.current.values;
    for (let round = 0; ; round += 1) {
      try {
        await make(values);
        return;
      } catch (error) {
        const given = await answerRefusal(error, { values, isDraft, round });
        values = { ...values, ...given };
        if (isDraft) latest.current.take(given);
      }
    }
  }

  return { ...rest, call: (make, others) => act(() => withPasswords(make, others)) };
}
