// What a type checker does not see. Every exclusion carries its reason on its own line.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const DOUBLE_ASSERTION = {
  selector: 'TSAsExpression > TSAsExpression',
  message: 'A double assertion says nothing true: narrow the type.',
};
const SPREAD_MAXIMUM = {
  selector: "CallExpression[callee.object.name='Math'] > SpreadElement",
  message: 'A call takes some 120,000 arguments at most: reduce.',
};

const PLAIN_JSON = {
  selector: "MemberExpression[object.name='JSON'][property.name='stringify']",
  message: 'It makes null of NaN and {} of a Map, without a word: printJson refuses, printResult writes it in words.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/', // built
      'coverage/', // measured
      'reports/', // measured
      '.stryker-tmp/', // mutated copies
      '.peers/', // installed
      'docs/api/', // built
      'runs/', // made by the command
      'wasm-simd/assembly/', // AssemblyScript: looks like TypeScript, has other types
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // an interface that follows from a table of checks has its fields from there, and its own page in the docs
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 1000 }], // in effect: never
      'no-restricted-syntax': ['error', DOUBLE_ASSERTION],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }], // numbers print as themselves
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }], // () => act() is plain
      '@typescript-eslint/no-unnecessary-condition': 'off', // types do not say that an index may be out of range
      '@typescript-eslint/prefer-for-of': 'off', // loops over typed arrays use the index in the formula
      '@typescript-eslint/dot-notation': 'off', // process.env['NAME'] marks what comes from outside
    },
  },
  {
    files: ['src/**'],
    rules: { 'no-restricted-syntax': ['error', DOUBLE_ASSERTION, SPREAD_MAXIMUM] },
  },
  {
    files: ['cli/**'],
    rules: { 'no-restricted-syntax': ['error', DOUBLE_ASSERTION, PLAIN_JSON] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['src/kernel/scalar/**'],
    rules: { 'no-loss-of-precision': 'off' }, // constants keep all the digits of their published source
  },
  {
    files: ['src/kernel/**', 'spec/laws/**', 'spec/mutants/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' }, // records of functions: none of them uses `this`
  },
  {
    files: ['bench/**', 'scripts/**', 'examples/**'],
    rules: { 'no-console': 'off' }, // these print their results
  },
);
