package io.pgha.config;

import io.pgha.config.value.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code ctl}: how hactl, and the agent itself, call the REST API of members. What is missing is taken from
 * {@code restapi} (facts §2.8).
 *
 * @param login user and password for unsafe endpoints
 * @param insecure whether the server's certificate is not verified
 * @param cacert authorities of the server's certificate, a PEM file
 * @param certfile client certificate, a PEM file
 * @param keyfile its key, a PEM file
 * @param keyfilePassword the key's password
 */
public record CtlConfig(
        Optional<EtcdConfig.Login> login,
        boolean insecure,
        Optional<Path> cacert,
        Optional<Path> certfile,
        Optional<Path> keyfile,
        Optional<Secret> keyfilePassword) {}
