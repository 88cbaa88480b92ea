#include <gpg-error.h>
#include <stdio.h>

int main(void) {
  printf("gpg-error %s %s\n", gpg_error_check_version(NULL), gpg_strerror(gpg_error(GPG_ERR_BAD_PASSPHRASE)));
  return 0;
}
