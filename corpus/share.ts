/** A part of a whole, as a count and in percent; a dash where there is no whole. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part}/${whole} = ${((100 * part) / whole).toFixed(1)} %`;
}
