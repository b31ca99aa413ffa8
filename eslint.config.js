import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Each library stands behind one file; `null`: the host gives it, so that it need not be installed. */
const ONLY_FILE = {
  ldapjs: 'lib/directory/ldap/ldapjs-client.ts',
  speakeasy: 'lib/auth/second-factor/totp.ts',
  nodemailer: 'lib/auth/smtp-mail.ts',
  sharp: 'lib/sync/avatars/decoder-process.js',
  '@hapi/address': 'lib/address-syntax.ts',
  re2js: 'lib/settings/variables/pattern.ts',
  'prom-client': null,
};

/** The rules that refuse these libraries, in whichever way they are imported. */
function keepOut(names) {
  const toMessage = (name) =>
    ONLY_FILE[name] === null ? `The host gives ${name}.` : `Only ${ONLY_FILE[name]} may know ${name}.`;
  const toSelector = (name) => {
    // A selector ends a pattern at the first slash.
    const pattern = `/^${name.replaceAll('/', '\\u002f')}\\b/`;
    return (
      `:matches(ImportExpression[source.value=${pattern}], ` +
      `CallExpression[callee.name=/^require/][arguments.0.value=${pattern}])`
    );
  };
  return {
    'no-restricted-imports': [
      'error',
      { patterns: names.map((name) => ({ regex: `^${name}(/|$)`, message: toMessage(name) })) },
    ],
    'no-restricted-syntax': [
      'error',
      ...names.map((name) => ({ selector: toSelector(name), message: toMessage(name) })),
      {
        selector: 'ImportExpression[source.type!="Literal"]',
        message: 'Name the module, so that it can be seen which one is imported.',
      },
    ],
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.cache/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', 15],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 240, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Everything here is closures, and a guard that returns what it calls reads well.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['lib/**', 'routes/**', 'models/**', 'client/**'], rules: keepOut(Object.keys(ONLY_FILE)) },
  ...Object.entries(ONLY_FILE).flatMap(([name, file]) =>
    file === null
      ? []
      : [{ files: [file], rules: keepOut(Object.keys(ONLY_FILE).filter((one) => one !== name)) }],
  ),
  {
    files: ['lib/**', 'routes/**', 'models/**', 'client/**', 'examples/**', 'dev/**'],
    rules: { 'max-params': ['error', 3] },
  },
  // Express tells a handler of errors by its four parameters.
  { files: ['examples/chat-server/app.ts'], rules: { 'max-params': 'off' } },
  {
    files: ['lib/**', 'routes/**', 'models/**', 'client/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['ui/**'],
    rules: {
      'max-params': ['error', 3],
      'no-console': 'error',
      // Names come from a directory: they are text, and nothing makes markup or code of a text.
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment)$/]',
          message: 'Make elements, and put text into them.',
        },
        {
          selector: 'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcDoc|style)$/]',
          message:
            'Make elements and classes; the policy of the page allows neither markup nor style of texts.',
        },
        {
          selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]",
          message: 'Make elements instead.',
        },
      ],
    },
  },
  {
    files: ['__tests__/**', 'dev/**', 'examples/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      'max-lines': ['error', { max: 450 }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { console: 'readonly', process: 'readonly', performance: 'readonly', globalThis: 'readonly' },
    },
  },
);
