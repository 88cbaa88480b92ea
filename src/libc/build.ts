import type { LibcRef } from '../model/target.ts';

/** The musl that is asked about, and the recorded build (index into `recordedBuilds`) that answers for it. */
export interface Build {
  ref: LibcRef;
  index: number;
}
