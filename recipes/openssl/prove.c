/* A digest, a context of TLS, and an algorithm of the legacy provider. */
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/ssl.h>
#include <stdio.h>

int main(void) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (!EVP_Digest("abc", 3, sum, &length, EVP_sha256(), NULL)) return 1;
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  SSL *connection = context ? SSL_new(context) : NULL;
  if (!connection) return 2;
  OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(NULL, "legacy");
  EVP_MD *md4 = EVP_MD_fetch(NULL, "MD4", NULL);
  printf("OpenSSL %s %02x%02x%02x%02x %s %s\n", OpenSSL_version(OPENSSL_VERSION_STRING), sum[0], sum[1], sum[2], sum[3],
         SSL_get_version(connection)[0] == 'T' ? "TLS" : "none", legacy && md4 ? "md4" : "none");
  EVP_MD_free(md4);
  OSSL_PROVIDER_unload(legacy);
  SSL_free(connection);
  SSL_CTX_free(context);
  return 0;
}
