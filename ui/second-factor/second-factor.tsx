import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import type { Challenge } from '../../client/index.js';
import type { AskForCode, GivenCode } from './ask-for-code.js';
import { CodeDialog } from './code-dialog.js';

const Context = createContext<AskForCode>(() => Promise.resolve(undefined));

export function useSecondFactor(): AskForCode {
  return useContext(Context);
}

interface Asked {
  readonly challenge: Challenge;
  readonly answer: (given: GivenCode | undefined) => void;
}

/** The one dialog in which every change is confirmed. */
export function SecondFactorProvider({ children }: { readonly children: ComponentChildren }) {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback<AskForCode>(
    (challenge) =>
      new Promise((resolve) => {
        setAsked({
          challenge,
          answer: (given) => {
            setAsked(undefined);
            resolve(given);
          },
        });
      }),
    [],
  );
  return (
    <Context.Provider value={ask}>
      {children}
      {asked && <CodeDialog challenge={asked.challenge} answer={asked.answer} />}
    </Context.Provider>
  );
}
