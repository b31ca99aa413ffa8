import type { Command } from '@commander-js/extra-typings';

/** What commands are added to. */
export type Program = Command;
