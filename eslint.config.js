import js from '@eslint/js';
import tseslint from 'typescript-eslint';

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
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'ldapjs', message: 'Only lib/directory may know ldapjs.' },
            { name: 'speakeasy', message: 'Only lib/auth/second-factor/totp.ts may know speakeasy.' },
            { name: 'nodemailer', message: 'Only lib/auth/smtp-mail.ts may know nodemailer.' },
            {
              name: 'prom-client',
              message: 'The host gives it: whoever wants no metrics need not install it.',
            },
            { name: 'sharp', message: 'Only lib/sync/avatars/decoder-process.js may know sharp.' },
          ],
        },
      ],
    },
  },
  {
    files: [
      'lib/directory/**',
      'lib/auth/second-factor/totp.ts',
      'lib/auth/smtp-mail.ts',
      'lib/sync/avatars/decoder-process.js',
      'examples/**',
      'dev/**',
      'bench/**',
      '__tests__/**',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['lib/**', 'routes/**', 'models/**'],
    rules: { 'no-console': 'error' },
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
      'max-lines': ['error', { max: 620 }],
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
