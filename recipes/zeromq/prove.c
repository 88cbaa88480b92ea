/* Sends a message from one socket to another. */
#include <stdio.h>
#include <zmq.h>

int main(void) {
  int major, minor, patch;
  char text[8] = "";
  zmq_version(&major, &minor, &patch);
  void *context = zmq_ctx_new();
  void *here = zmq_socket(context, ZMQ_PAIR), *there = zmq_socket(context, ZMQ_PAIR);
  if (zmq_bind(here, "inproc://proof") || zmq_connect(there, "inproc://proof")) return 1;
  if (zmq_send(there, "hello", 5, 0) != 5 || zmq_recv(here, text, 5, 0) != 5) return 2;
  printf("zeromq %d.%d.%d %s %s\n", major, minor, patch, zmq_has("curve") ? "curve" : "none", text);
  zmq_close(here);
  zmq_close(there);
  zmq_ctx_term(context);
  return 0;
}
