/** The current time. A port, so that tests can pass time in. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
