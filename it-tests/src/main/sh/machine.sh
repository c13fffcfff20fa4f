# Sourced by ./demo, ./test and ./bench: gets a machine ready. bash, Debian and its relatives.
#
#   install_missing NAME...   installs the Debian packages behind the named tools, if they are missing (see package_of)
#   simulator_java            the java to run the simulator with
#   build                     dist/target/pgha, if a source is newer
#   owner                     who runs PostgreSQL: "postgres" when root calls, else the caller
#   as_owner COMMAND...       becomes (exec) that user's command

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# What proves that a package is here, and the package.
missing_package() {
    case $1 in
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/pg_rewind' > /dev/null || echo postgresql ;;
        etcd) command -v etcd > /dev/null || echo etcd-server ;;
        etcdctl) command -v etcdctl > /dev/null || echo etcd-client ;;
        haproxy) [ -x /usr/sbin/haproxy ] || command -v haproxy > /dev/null || echo haproxy ;;
        cc) command -v cc > /dev/null || echo gcc libc6-dev ;;
        libc) [ -e /usr/include/stdio.h ] || echo libc6-dev ;;
        java) has_jdk || echo openjdk-17-jdk-headless ;;
        maven) command -v mvn > /dev/null || echo maven ;;
        ps) command -v ps > /dev/null || echo procps ;;
        ss) command -v ss > /dev/null || echo iproute2 ;;
        curl) command -v curl > /dev/null || echo curl ;;
        wrk) command -v wrk > /dev/null || echo wrk ;;
        patroni) command -v patroni > /dev/null || echo patroni ;;
        etcd-for-patroni) /usr/bin/python3 -c 'import etcd' 2> /dev/null || echo python3-etcd ;;
        setpriv) command -v setpriv > /dev/null || echo util-linux ;;
        *) fail "no package is known for $1" ;;
    esac
}

# A compiler of 17 or newer: the one that Maven will use.
has_jdk() {
    local javac version
    javac=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac") || return 1
    version=$("$javac" -version 2>&1)
    version=${version#javac }
    [ "${version%%[!0-9]*}" -ge 17 ] 2> /dev/null
}

# The newest Java of this machine: from 21 on the simulator does without hand-overs between threads. The default one will do, too.
simulator_java() {
    local java best=java version newest=20
    for java in "${JAVA_HOME:-/usr}/bin/java" $(compgen -G '/usr/lib/jvm/*/bin/java' | sort); do
        [ -x "$java" ] || continue
        version=$("$java" -version 2>&1) || continue
        version=${version#*version \"}
        version=${version%%[!0-9]*}
        if [ "${version:-0}" -gt "$newest" ]; then
            newest=$version
            best=$java
        fi
    done
    command -v "$best"
}

install_missing() {
    local tool packages=()
    for tool in "$@"; do
        # shellcheck disable=SC2207 # packages are words
        packages+=($(missing_package "$tool"))
    done
    [ ${#packages[@]} -gt 0 ] || return 0
    command -v apt-get > /dev/null || fail "please install: ${packages[*]} (there is no apt-get here to do it)"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo > /dev/null && sudo -n true 2> /dev/null \
            || fail "please install: ${packages[*]} (for example: sudo apt-get install ${packages[*]})"
        root=(sudo -n)
    fi
    say "installing ${packages[*]}"
    "${root[@]}" bash -s "${packages[@]}" << 'ROOT'
set -eu
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# No package is to start its service: the servers here are ours, and the ports are theirs.
policy=/usr/sbin/policy-rc.d
made_policy=
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
    made_policy=1
fi
trap '[ -z "$made_policy" ] || rm -f "$policy"; rm -f "$log"' EXIT
get() {
    apt-get -y -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" > "$log" 2>&1 || { cat "$log" >&2; return 1; }
}
get update
case " $* " in
    *" postgresql "* | *" patroni "*)
        # Debian creates and starts a cluster of its own unless it is told not to, before the server comes.
        get install --no-install-recommends postgresql-common
        conf=/etc/postgresql-common/createcluster.conf
        sed -i -E 's/^#?[[:space:]]*create_main_cluster[[:space:]]*=.*/create_main_cluster = false/' "$conf"
        grep -q '^create_main_cluster = false' "$conf" || echo 'create_main_cluster = false' >> "$conf"
        ;;
esac
get install --no-install-recommends "$@"
ROOT
}

# The newest PostgreSQL of this machine.
postgres_bin() {
    local bin newest=
    for bin in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -t/ -k5 -V); do
        [ -x "$bin/postgres" ] && newest=$bin
    done
    [ -n "$newest" ] || newest=$(dirname "$(readlink -f "$(command -v postgres)")")
    say "$newest"
}

# Whether dist/target/pgha is there and newer than what it is made of. The tar.gz is the last thing that a build makes.
is_built() {
    local made
    made=$(compgen -G 'dist/target/pgha-*.tar.gz') || return 1
    [ -z "$(find pom.xml .mvn ./*/pom.xml ./*/src/main docs systemd -newer "$made" -type f ! -name benchmarks.md -print -quit)" ]
}

# build: dist/target/pgha, unless it is up to date
build() {
    is_built && return 0
    rm -f dist/target/pgha-*.tar.gz
    mkdir -p dist/target
    if ! mvn -B -ntp -Dmaven.wagon.http.retryHandler.count=3 -Dmaven.test.skip=true -pl dist -am package 2>&1 \
        | tee dist/target/build.log | sed -u -n 's/^\[INFO\] Building \(pgha [a-z-]*\) .*\(\[.*\]\)$/    \1 \2/p'; then
        grep -E '^\[ERROR\]|BUILD' dist/target/build.log | head -n 40 >&2
        fail "the build failed; all of it is in dist/target/build.log"
    fi
}

owner() {
    if [ "$(id -u)" -eq 0 ]; then say postgres; else id -un; fi
}

as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/var/lib/postgresql "$@"
    fi
    exec "$@"
}

# Whether the owner can reach a path: a checkout below /root is out of bounds for the user postgres.
owner_can_read() {
    (as_owner test -r "$1") 2> /dev/null
}
