import { Fields, latin1 } from './fields.ts';
import { Malformed, type Source } from './source.ts';

const headerSize = 20;
const sectionSize = 40;
const machines: Record<number, string> = { 34404: 'amd64', 332: '386', 43620: 'arm64', 452: 'arm' };

/**
 * The machine of a COFF object, as GOARCH names it, and whether it holds resources of Windows alone (icon, manifest,
 * version). Source: the PE format's specification. A header that is cut short gives no machine.
 */
export function readCoff(source: Source): { machine: string; resources: boolean } {
  try {
    const head = new Fields(source.read(0, headerSize), true, false);
    const count = head.u16(2);
    const table = latin1(source.read(headerSize + head.u16(16), count * sectionSize));
    const names = Array.from({ length: count }, (_, at) => table.slice(at * sectionSize, at * sectionSize + 8));
    return {
      machine: machines[head.u16(0)] ?? '',
      resources: names.length > 0 && names.every((name) => name.startsWith('.rsrc')),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { machine: '', resources: false };
  }
}
