import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { GivenValue, GivenValues, SettingProblem } from '../api/settings-answers.js';

/** A preview of the draft, and what it was made of. */
export interface Plan {
  readonly runId: string;
  readonly values: GivenValues;
  /** The run that applies it. */
  readonly appliedBy?: string;
}

/** Settings that were changed on the page and are not saved. Only this page holds them, passwords among them. */
export interface Draft {
  readonly values: GivenValues;
  readonly count: number;
  readonly plan: Plan | undefined;
  /** What the server has refused, until it is changed. */
  readonly problems: readonly SettingProblem[];
  /** `undefined`: as it is saved. */
  readonly set: (setting: string, value: GivenValue | undefined) => void;
  readonly take: (values: GivenValues) => void;
  readonly discard: () => void;
  /** The values were saved without more, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly saved: () => void;
  /** Whoever comes back to the settings is not told of it again. */
  readonly forgetSaved: () => void;
  /** The values are saved; what became of their preview is still to be read. */
  readonly settle: () => void;
  readonly refuse: (problems: readonly SettingProblem[]) => void;
  readonly setPlan: (plan: Plan | undefined) => void;
}

interface State {
  readonly values: GivenValues;
  readonly problems: readonly SettingProblem[];
  readonly plan?: Plan | undefined;
  readonly isSaved?: boolean;
}

const EMPTY: State = { values: {}, problems: [] };
const Context = createContext<Draft | undefined>(undefined);

export function useDraft(): Draft {
  const draft = useContext(Context);
  if (!draft) throw new Error('There is no draft outside of DraftProvider.');
  return draft;
}

/** Goes with the sign-in: whoever signs in next finds none. */
export function DraftProvider({ children }: { readonly children: ComponentChildren }) {
  const [state, setState] = useState<State>(EMPTY);
  const count = Object.keys(state.values).length;
  useEffect(() => {
    if (count === 0) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [count > 0]);

  const draft = useMemo<Draft>(() => {
    const take = (given: Readonly<Record<string, GivenValue | undefined>>): void =>
      setState(({ values, problems, plan }) => ({
        // What became of an earlier draft has been read.
        plan: plan?.appliedBy === undefined ? plan : undefined,
        problems: problems.filter(({ setting }) => !Object.hasOwn(given, setting)),
        values: Object.fromEntries(
          Object.entries({ ...values, ...given }).filter(
            (pair): pair is [string, GivenValue] => pair[1] !== undefined,
          ),
        ),
      }));
    return {
      values: state.values,
      problems: state.problems,
      plan: state.plan,
      count,
      isSaved: state.isSaved === true,
      saved: () => setState({ ...EMPTY, isSaved: true }),
      forgetSaved: () => setState(({ isSaved: _, ...rest }) => rest),
      take,
      set: (setting, value) => take({ [setting]: value }),
      discard: () => setState(EMPTY),
      settle: () => setState(({ plan }) => ({ ...EMPTY, plan })),
      refuse: (problems) => setState((before) => ({ ...before, problems })),
      setPlan: (plan) => setState((before) => ({ ...before, plan })),
    };
  }, [state]);
  return <Context.Provider value={draft}>{children}</Context.Provider>;
}
