import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './find-program.js';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs a program of a directory server to its end. What it said is told when it fails. */
export async function runTool(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C.UTF-8' },
): Promise<void> {
  const options = { env, maxBuffer: MAX_OUTPUT_BYTES };
  await run(findProgram(program) ?? program, [...args], options).catch((error: unknown) => {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${program} failed: ${`${stdout}${stderr}`.trim().slice(-2_000) || message}`);
  });
}
