/** What a photo is made into. */
export interface PhotoShape {
  /** The side of the square, in pixels (`Accounts_AvatarSize`). */
  readonly size: number;
  /** False: the photo keeps its own shape, at most 1024 pixels a side (`Accounts_AvatarResize`). */
  readonly resize: boolean;
}
