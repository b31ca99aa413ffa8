import { withSecretFiles, type Environment } from '../session/secret-files.js';
import type { ServeConfig } from './config.js';

/**
 * Settings of the file are those of the environment, which counts before it: by the value of a variable, or by the file
 * that the variable with `_FILE` names.
 */
export function toOverrideEnvironment(
  settings: ServeConfig['settings'],
  environment: Environment,
): Environment {
  const overrides = Object.entries(settings)
    .map(([id, value]) => [`OVERWRITE_SETTING_${id}`, String(value)] as const)
    .filter(([name]) => (environment[`${name}_FILE`] ?? '') === '');
  return withSecretFiles({ ...Object.fromEntries(overrides), ...environment });
}
