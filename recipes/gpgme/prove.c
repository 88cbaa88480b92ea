#include <gpgme.h>
#include <stdio.h>

int main(void) {
  const char *version = gpgme_check_version(NULL);
  char text[8] = "";
  gpgme_data_t data;
  if (gpgme_data_new_from_mem(&data, "text", 4, 0) != GPG_ERR_NO_ERROR) return 1;
  if (gpgme_data_read(data, text, 4) != 4) return 2;
  printf("gpgme %s %s\n", version, text);
  gpgme_data_release(data);
  return 0;
}
