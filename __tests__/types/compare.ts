/** How a record of ours and Rocket.Chat's own type of it come together. Only for the compiler. */

/** Fields that the type does not have. */
export type Unknown<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

/** Fields that both have, of which the type does not take every value. */
export type Misfitting<Ours, Theirs> = {
  [K in keyof Ours & keyof Theirs]-?: NonNullable<Ours[K]> extends Theirs[K] ? never : K;
}[keyof Ours & keyof Theirs];

/** `true` where the two are the same. */
export type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : never;
