/* A filter is compiled: no device and no right is needed for that. */
#include <pcap.h>
#include <stdio.h>

int main(void) {
  struct bpf_program program;
  pcap_t *dead = pcap_open_dead(DLT_EN10MB, 65535);
  if (!dead || pcap_compile(dead, &program, "tcp port 80", 1, PCAP_NETMASK_UNKNOWN) != 0) return 1;
  printf("libpcap %s\n", program.bf_len > 4 ? "ok" : "too short");
  return 0;
}
