/* A filter is made and written, not loaded: the kernel need not have seccomp. */
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const struct scmp_version *version = seccomp_version();
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  int out[2];
  char code[4096];
  if (!filter || pipe(out) != 0) return 1;
  if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(1), SCMP_SYS(mkdirat), 0) != 0) return 2;
  if (seccomp_export_bpf(filter, out[1]) != 0 || read(out[0], code, sizeof code) <= 0) return 3;
  printf("libseccomp %u.%u.%u ok\n", version->major, version->minor, version->micro);
  return 0;
}
