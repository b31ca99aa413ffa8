/** How every command ends. The page of the command line and `--help` are made of this table. */
export const EXIT_CODES = {
  done: { code: 0, when: 'It is done.' },
  failed: { code: 1, when: 'It failed, or was refused for a reason that has no code of its own.' },
  usage: { code: 2, when: 'The command line, a variable or a file cannot be used. Nothing was changed.' },
  held: {
    code: 3,
    when: 'The run or the last sync was held, or removals wait for a decision: other than --count says.',
  },
  interrupted: {
    code: 4,
    when: 'The run was cancelled or interrupted, or the command ended by Ctrl-C or by answering no.',
  },
  busy: { code: 5, when: 'Another run is going.' },
  forbidden: { code: 6, when: 'Not allowed: the sign-in, the permission or the second factor.' },
  unreachable: {
    code: 7,
    when: 'Not to be reached now: the server, MongoDB, or there were too many calls. Try again later.',
  },
} as const;

export type Exit = keyof typeof EXIT_CODES;
