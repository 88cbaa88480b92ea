import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { BuiltWith } from '../model/executable.ts';
import { licenceDuty } from './licence-duty.ts';

/** Value of the product's note that names the libraries in these folders; null when no recipe built one of them. */
export function noteLibraries(folders: string[], files: Files): string | null {
  const told = folders.flatMap((folder) => {
    const bytes = files.read(join(folder, 'library.json'));
    if (bytes === null) return [];
    const { name, version, licence } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
    return [`${name} ${version} ${licence}`];
  });
  return told.length === 0 ? null : told.join('; ');
}

/** The libraries that a product's note names. The note is of a stranger's file: what does not read is left out. */
export function notedLibraries(note: Record<string, string> | null): BuiltWith[] {
  return (note?.libraries ?? '').split('; ').flatMap((text) => {
    const [, name, version, licence] = /^([\w.+-]+) ([\w.+~-]+) ([\w.+ -]+)$/.exec(text) ?? [];
    if (!name || !version || !licence) return [];
    return [{ name, version, licence, duty: licenceDuty(licence)?.says ?? null }];
  });
}
