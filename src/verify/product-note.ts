/**
 * The C text of the object that `gomusl build` links in (compile it with the toolchain's C compiler, name the object
 * among -extldflags). It is one note, which strip leaves alone and both linkers keep: the distance to `__libc_version`,
 * which thereby comes out of the libc.a that was linked, and lines `key=value`. src/elf/libc-version.ts reads it back.
 */
export function productNoteSource(facts: Record<string, string>): string {
  const text = Object.entries(facts)
    .map(([key, value]) => `${key}=${value.replaceAll('\n', ' ')}\n`)
    .join('');
  const bytes = [...new TextEncoder().encode(text)].join(', ');
  const lines = [
    '.pushsection .note.gomusl, \\"a\\", %note',
    '.balign 4',
    '.long 7, 2f - 1f, 1',
    '.asciz \\"gomusl\\"',
    '.balign 4',
    '1:',
    '.long __libc_version - .',
    ...(bytes === '' ? [] : [`.byte ${bytes}`]),
    '2:',
    '.balign 4',
    '.popsection',
  ];
  return `__asm__(\n${lines.map((line) => `    "${line}\\n"`).join('\n')}\n);\n`;
}
