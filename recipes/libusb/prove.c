#include <libusb.h>
#include <stdio.h>

int main(void) {
  const struct libusb_version *version = libusb_get_version();
  printf("libusb %u.%u.%u %s\n", version->major, version->minor, version->micro, libusb_error_name(LIBUSB_ERROR_IO));
  return 0;
}
