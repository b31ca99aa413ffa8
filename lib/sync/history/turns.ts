/** Lets one piece of work in at a time, in the order they came. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** The event loop is given back between two pieces, so that other work is served however many pieces wait. */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.then(giveBack, giveBack);
    return mine;
  };
}

function giveBack(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
