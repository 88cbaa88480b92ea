/* Makes a small tree, and walks it. */
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(void) {
  char root[] = "fts-XXXXXX", path[64];
  if (!mkdtemp(root)) return 1;
  snprintf(path, sizeof path, "%s/below", root);
  if (mkdir(path, 0755)) return 2;
  snprintf(path, sizeof path, "%s/below/file", root);
  FILE *file = fopen(path, "w");
  if (!file || fclose(file)) return 3;
  char *paths[] = {root, NULL};
  FTS *walk = fts_open(paths, FTS_PHYSICAL, NULL);
  if (!walk) return 4;
  int folders = 0, files = 0;
  for (FTSENT *entry; (entry = fts_read(walk));) {
    if (entry->fts_info == FTS_DP) folders++;
    if (entry->fts_info == FTS_F) files++;
    if (entry->fts_info == FTS_DP || entry->fts_info == FTS_F) remove(entry->fts_accpath);
  }
  if (fts_close(walk)) return 5;
  printf("fts %d folders %d file\n", folders, files);
  return 0;
}
