#!/bin/sh
# Completes target/pgha, into which Maven has copied scripts and jars: modes, the dead-man, archives, tar.gz.
#   build.sh BASEDIR VERSION SKIP_TRAINING
set -eu
cd "$1"
version=$2
skip_training=$3
home=target/pgha

chmod 755 "$home"/bin/*
mkdir -p "$home/libexec"
source=src/main/c/pgha-deadman.c
if [ ! -x "$home/libexec/pgha-deadman" ] || [ "$source" -nt "$home/libexec/pgha-deadman" ]; then
    strict='-O2 -Wall -Wextra -Werror'
    # Static, it is smaller in memory and independent of the libc of the machine it comes to.
    # shellcheck disable=SC2086
    "${CC:-cc}" $strict -static -o "$home/libexec/pgha-deadman" "$source" 2> target/cc.log \
        || "${CC:-cc}" $strict -o "$home/libexec/pgha-deadman" "$source"
    strip "$home/libexec/pgha-deadman" 2> /dev/null || true
fi

# An archive of earlier jars is of no use.
rm -rf "$home/lib/cds"
if [ "$skip_training" != true ] && ! "$home/bin/pgha-train"; then
    echo "build.sh: not all archives could be made; pgha works, and starts slower" >&2
fi

# The archives stay here: they fit only this machine's Java. An installation makes its own.
tar --sort=name --owner=0 --group=0 --numeric-owner --exclude='pgha/lib/cds' \
    --transform="s,^pgha,pgha-$version," -C target -cf - pgha | gzip -n > "target/pgha-$version.tar.gz"
