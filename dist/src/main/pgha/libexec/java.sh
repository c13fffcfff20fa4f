# Sourced by the launchers. Finds the newest Java >= 17 and the options for it. POSIX sh; starts no process on its way,
# since hactl has to be quick.
#
#   pgha_home                        in: the installation
#   find_java                        sets java (the executable), java_version (17, 21, 25 ...) and java_id (names a build)
#   java_options NAME                sets options and archive for the program NAME (pgha or hactl)
#   launch NAME JAR MAIN ARGUMENT... becomes the JVM

oldest_java=17
java=
java_version=0
java_id=

# consider HOME: takes it if it is new enough and newer than what we have. Its file "release" says what it is.
consider() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    release_version= release_runtime= release_vendor=
    while IFS='=' read -r key value || [ -n "$key" ]; do
        value=${value#\"}
        value=${value%\"}
        case $key in
            JAVA_VERSION) release_version=$value ;;
            JAVA_RUNTIME_VERSION) release_runtime=$value ;;
            IMPLEMENTOR) release_vendor=$value ;;
        esac
    done < "$1/release"
    release_feature=${release_version%%[!0-9]*}
    [ "${release_feature:-0}" -ge "$oldest_java" ] && [ "$release_feature" -gt "$java_version" ] || return 0
    java=$1/bin/java
    java_version=$release_feature
    # Slashes and blanks would make a bad file name.
    java_id=${release_runtime:-$release_version}-${release_vendor%%[!A-Za-z0-9]*}
    java_id=${java_id%%/*}
}

# each_java_home COMMAND: calls it with every folder that may hold a Java.
each_java_home() {
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/*/jre /opt/java/*; do
        [ -n "$home" ] && "$1" "$home"
    done
    on_path=$(command -v java) || return 0
    # Nearly always a link into one of the folders above.
    if [ "$java_version" -eq 0 ] && [ -h "$on_path" ]; then
        on_path=$(readlink -f "$on_path")
    fi
    case $on_path in
        */bin/java) "$1" "${on_path%/bin/java}" ;;
    esac
}

find_java() {
    if [ -n "${PGHA_JAVA_HOME:-}" ]; then
        consider "$PGHA_JAVA_HOME"
        [ -n "$java" ] || fail "PGHA_JAVA_HOME=$PGHA_JAVA_HOME holds no Java $oldest_java or newer"
        return 0
    fi
    each_java_home consider
    [ -n "$java" ] || fail "no Java $oldest_java or newer was found below JAVA_HOME, /usr/lib/jvm, /opt or on PATH:" \
        "install one (for example openjdk-17-jre-headless), or set PGHA_JAVA_HOME"
}

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# The archive is tied to the Java that made it, and to its options: pgha-train and the launchers both take them from here.
archive_of() {
    if [ "$java_version" -ge 25 ]; then
        archive=$pgha_home/lib/cds/$1-$java_id.aot
    else
        archive=$pgha_home/lib/cds/$1-$java_id.jsa
    fi
}

java_options() {
    # One CPU-thrifty compiler, one single-threaded collector, small pools: the agent does little, and lives beside PostgreSQL.
    options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CICompilerCount=1 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError"
    options="$options -Xss384k -XX:ReservedCodeCacheSize=24m -XX:MaxMetaspaceSize=128m -Dfile.encoding=UTF-8"
    # The archive where it was made for: at a random address every page of it is patched, and nothing of it is shared.
    options="$options -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
    # The JVM need not look four times a second whether there are monitors to clean up.
    options="$options -XX:AsyncDeflationInterval=5000"
    case $1 in
        pgha)
            options="$options -Xms8m -Xmx48m -Xmn3m -XX:MaxDirectMemorySize=24m"
            # The agent orders a full collection now and then; this gives back at once what is free after it.
            options="$options -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=15 -XX:-ShrinkHeapInSteps"
            # Netty's and Vert.x's pools are made for servers of a different size.
            options="$options -Dio.netty.allocator.type=unpooled -Dio.netty.eventLoopThreads=1 -Dio.netty.noPreferDirect=true"
            options="$options -Dio.netty.recycler.maxCapacityPerThread=0 -Dvertx.disableFileCPResolving=true"
            options="$options -Dvertx.disableFileCaching=true"
            ;;
        hactl)
            options="$options -Xms16m -Xmx64m -Dio.netty.allocator.type=unpooled -Dio.netty.eventLoopThreads=1"
            options="$options -Dvertx.disableFileCPResolving=true -Dvertx.disableFileCaching=true"
            ;;
    esac
    [ "$java_version" -ge 23 ] && options="$options --sun-misc-unsafe-memory-access=allow"
    [ "$java_version" -ge 24 ] && options="$options --enable-native-access=ALL-UNNAMED"
    [ "$java_version" -ge 25 ] && options="$options -XX:+UseCompactObjectHeaders"
    archive_of "$1"
}

# launch NAME JAR MAIN ARGUMENT...: becomes the JVM.
launch() {
    java_options "$1"
    main_jar=$pgha_home/lib/$2
    main_class=$3
    shift 3
    set -- "-Dpgha.home=$pgha_home" "-Djava.util.logging.config.file=$pgha_home/libexec/logging.properties" \
        -cp "$main_jar" "$main_class" "$@"
    # An archive that is missing or no longer fits costs half a second at start, and nothing else.
    if [ ! -r "$archive" ]; then
        :
    elif [ "$java_version" -ge 25 ]; then
        set -- "-XX:AOTCache=$archive" "-Xlog:aot*=off" "-Xlog:cds*=off" "$@"
    else
        set -- "-XX:SharedArchiveFile=$archive" -Xshare:auto "-Xlog:cds*=off" "$@"
    fi
    # shellcheck disable=SC2086 # options are words
    exec "$java" $options ${PGHA_JAVA_OPTS:-} "$@"
}

# Below two arenas malloc(3) keeps what it was given once; the default of eight a core is for other programs.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-131072}"
