// npm run bench:startup: `gomusl --version` against `node -e 0`. Build first.
import { fileURLToPath } from 'node:url';
import { timePairs } from './pairs.ts';
import { writeTable } from './table.ts';

const pairs = 20;
const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const node = { label: 'node -e 0', command: [process.execPath, '-e', '0'], options: {} };
const gomusl = { label: 'gomusl --version', command: [process.execPath, bin, '--version'], options: {} };
writeTable('startup', [node.label, gomusl.label], timePairs(node, gomusl, pairs, [0]), pairs);
