/**
 * The rooms of the house, from the top down. A file may import from its own room and from rooms below it,
 * never from a room above it. A new room gets its place here and a row in docs/architecture.md.
 */
const ROOMS = [
  ['the public surface', '^lib/(index|create-ldap-sync|compose-[a-z]+|options)\\.ts$'],
  ['ui', '^ui/'],
  ['client', '^client/'],
  ['routes', '^routes/[^/]+$'],
  ['routes/endpoints', '^routes/endpoints/'],
  ['routes/schemas', '^routes/schemas/'],
  ['page', '^lib/page/'],
  ['watch', '^lib/watch/'],
  ['explain', '^lib/explain/'],
  ['suggest', '^lib/suggest/'],
  ['probe', '^lib/probe/'],
  ['configure', '^lib/configure/'],
  ['schedule', '^lib/schedule/'],
  ['auth/second-factor', '^lib/auth/second-factor/'],
  ['auth', '^lib/auth/[^/]+$'],
  ['auth/limits', '^lib/auth/limits/'],
  ['sync', '^lib/sync/[^/]+$'],
  ['sync/sweep', '^lib/sync/sweep/'],
  ['sync/logout', '^lib/sync/logout/'],
  ['sync/removals', '^lib/sync/removals/'],
  ['sync/mails', '^lib/sync/mails/'],
  ['sync/rooms', '^lib/sync/rooms/'],
  ['sync/belonging', '^lib/sync/belonging/'],
  ['sync/avatars', '^lib/sync/avatars/'],
  ['sync/users', '^lib/sync/users/'],
  ['sync/plan', '^lib/sync/plan/'],
  ['sync/history', '^lib/sync/history/'],
  ['sync/run', '^lib/sync/run/'],
  ['survey', '^lib/survey/'],
  ['mapping', '^lib/mapping/'],
  ['settings', '^lib/settings/'],
  ['groups', '^lib/groups/'],
  ['directory/ldap', '^lib/directory/ldap/'],
  ['directory/wire', '^lib/directory/wire/'],
  ['directory', '^lib/directory/[^/]+$'],
  ['directory/filter', '^lib/directory/filter/'],
  ['models', '^models/'],
  [
    'the foundations',
    '^lib/(address-syntax|advice|batches|clock|deadline|errors|in-parallel|invisible-characters|logger|mail-lines|random-id|server-name)\\.ts$',
  ],
];

const onlyDown = ROOMS.slice(1).map(([room, path], index) => ({
  name: `${room} imports only downwards`,
  severity: 'error',
  from: { path },
  to: { path: ROOMS.slice(0, index + 1).map(([, above]) => above) },
}));

export default {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every file has a room',
      severity: 'error',
      from: { path: '^(lib|routes|models|client|ui)/', pathNot: ROOMS.map(([, path]) => path) },
      to: {},
    },
    {
      name: 'the package does not import its surroundings',
      severity: 'error',
      from: { path: '^(lib|routes|models|client|ui)/' },
      to: { path: '^(examples|bench|dev|__tests__)/' },
    },
    {
      name: 'explain asks the sweep to plan one person, and nothing else',
      severity: 'error',
      from: { path: '^lib/explain/' },
      to: { path: '^lib/sync/sweep/', pathNot: '^lib/sync/sweep/plan-person\\.ts$' },
    },
    {
      name: 'the client runs in browsers, so that it takes only types from elsewhere',
      severity: 'error',
      from: { path: '^client/' },
      to: { pathNot: '^client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the page runs in browsers, so that it takes the client and types from elsewhere',
      severity: 'error',
      from: { path: '^ui/', pathNot: '^ui/vite' },
      to: { pathNot: '^(ui|client|node_modules/preact)/', dependencyTypesNot: ['type-only'] },
    },
    ...onlyDown,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
