import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The version of gomusl, as its package.json has it. */
export const version: string = manifest.version;
