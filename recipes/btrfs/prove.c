#include <btrfs/ioctl.h>
#include <btrfs/version.h>
#include <stdio.h>

int main(void) {
  printf("%s %lu\n", BTRFS_BUILD_VERSION, (unsigned long)sizeof(struct btrfs_ioctl_vol_args));
  return 0;
}
