/* Names a blob as git does. */
#include <git2.h>
#include <stdio.h>

int main(void) {
  int major, minor, patch;
  git_oid id;
  char text[9] = "";
  if (git_libgit2_init() < 0) return 1;
  git_libgit2_version(&major, &minor, &patch);
  if (git_odb_hash(&id, "hello\n", 6, GIT_OBJECT_BLOB) < 0) return 2;
  git_oid_tostr(text, sizeof text, &id);
  printf("libgit2 %d.%d.%d %s %s\n", major, minor, patch, git_libgit2_features() & GIT_FEATURE_HTTPS ? "https" : "none",
         text);
  return git_libgit2_shutdown() < 0 ? 3 : 0;
}
