package io.pgha.dcs.etcd;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates for {@code https} endpoints, all paths of PEM files. They are read anew for every connection, so that
 * renewed files count without a restart.
 *
 * @param cacert authorities that etcd's certificate must come from; empty: those that Java trusts
 * @param cert our certificate, if etcd asks for one
 * @param key its private key; empty: in the same file as the certificate
 */
public record EtcdTls(Optional<Path> cacert, Optional<Path> cert, Optional<Path> key) {
    /** Nothing configured. */
    public static final EtcdTls NONE = new EtcdTls(Optional.empty(), Optional.empty(), Optional.empty());
}
