/** Certificates and keys as OpenSSL writes them, and what TLS clients are made of. */
@NullMarked
package io.pgha.tls;

import org.jspecify.annotations.NullMarked;
