import { needOfPackage } from '../empty-image.ts';
import { defineRule } from '../rule.ts';

/** Brings a copy of the certificates into the program; it is Go's own, though it does not come with Go. */
const fallback = 'golang.org/x/crypto/x509roots/fallback';

export const rule = defineRule({
  id: 'GM320',
  title: 'CA certificates, which an empty image lacks',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check({ program }) {
    if (!program.packages.includes('crypto/x509') || program.packages.includes(fallback)) return [];
    return [
      needOfPackage(
        {
          path: '/etc/ssl/certs/ca-certificates.crt',
          what: 'To trust a TLS server, an empty image needs CA certificates.',
          why: 'crypto/x509 reads them from /etc/ssl and finds none there: "certificate signed by unknown authority".',
          action: `Copy /etc/ssl/certs/ca-certificates.crt into the image, or import ${fallback}.`,
        },
        'crypto/x509',
      ),
    ];
  },
});
