/*
 * pgha-deadman: stops a PostgreSQL primary whose agent has gone quiet.
 *
 * The agent may be killed, frozen or starved while its PostgreSQL runs as primary. This process stands outside the JVM;
 * each renewal of the leader lock tells it how long it may stay quiet (docs/adr: the dead-man; design, "Time and the
 * lock", rule 4). If that time runs out it stops the postmaster and everything below it, whatever the agent is doing.
 *
 *   pgha-deadman --lock FILE
 *
 * One command a line on stdin, one reply a line on stdout. Numbers are decimal.
 *
 *   arm SEQ DEADLINE PID START DATADIR   armed SEQ      stop that process when DEADLINE passes. DEADLINE is CLOCK_MONOTONIC
 *                                                       in ms (Java: System.nanoTime() / 1000000); time spent in suspend
 *                                                       counts, too. START is field 22 of /proc/PID/stat. DATADIR is
 *                                                       percent-encoded. Arming again replaces the deadline and the
 *                                                       process. PID 0 and START 0 mean whoever is postmaster of DATADIR
 *                                                       when the deadline passes; so does a process that has ended by then.
 *   disarm SEQ                           disarmed SEQ   forget the deadline
 *   watch PID START                      watching PID   say "exited PID" once, as soon as that process has ended
 *   unwatch                              unwatched
 *   ping SEQ                             pong SEQ
 *   quit                                                exit 0, armed or not
 *   anything else                        error TEXT
 *
 * Said without being asked:
 *   exited PID     the watched process has ended (also at once, when it had ended before "watch")
 *   fired          the deadline has passed, the process is being stopped
 *   stopped        the process and all its descendants are gone; disarmed
 *   expired SEQ    the deadline has passed, but the process had ended already; disarmed
 *
 * End of file on stdin means that the agent is dead: exit 0 unless armed; else wait for the deadline, stop the process,
 * exit 3. SIGTERM: a successor has taken over, exit 0 (while firing: afterwards). Other signals that ask are ignored.
 *
 * FILE lists the dead-men alive for this node, one "PID START" a line, the newest first. A new one adds itself, and
 * releases (SIGTERM) the others when it is first armed or disarmed: until then the predecessor's deadline holds, so
 * there is no moment at which a primary is unguarded while agents change.
 *
 * It allocates no memory after start, never blocks on what it writes, and wakes up only when there is something to do.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum {
    EXIT_SETUP = 2,
    EXIT_FIRED = 3,
    LINE_LIMIT = 16 * 1024,       /* a path of 4096 bytes, each of them percent-encoded, and the rest */
    VICTIM_LIMIT = 8192,          /* more than that are killed in further rounds */
    PREDECESSOR_LIMIT = 16,
    QUIT_CHECK_MS = 100,          /* nobody has reacted to SIGQUIT by then: no use waiting longer */
    QUIT_GRACE_MS = 300,
    KILL_ROUND_MS = 20,
    KILL_ROUND_LATER_MS = 200,
    KILL_ROUNDS_FAST = 50,
    POLL_WITHOUT_PIDFD_MS = 100
};

/* A wall-clock time by mistake would be decades away and never fire. */
static const int64_t DEADLINE_LIMIT_MS = 24LL * 3600 * 1000;

/* A process that cannot be mistaken for a later one with the same number. */
struct process {
    pid_t pid;
    uint64_t start;
};

struct target {
    struct process process;
    int pidfd;                    /* -1: none, or the kernel has no pidfd (before 5.3) */
};

enum phase { QUIET, ARMED, QUITTING, KILLING };

static struct {
    enum phase phase;
    uint64_t seq;
    struct target target;
    int64_t deadline_boot_ms;     /* on CLOCK_BOOTTIME, so that a suspend uses it up */
    int64_t suspended_ms;         /* CLOCK_BOOTTIME - CLOCK_MONOTONIC when it was armed */
    int64_t fired_boot_ms;
    int rounds;
    char data_dir[LINE_LIMIT];    /* percent-encoded, so it is safe to print */
} guard = {.target = {.pidfd = -1}};

static struct {
    bool on;
    struct target target;
} watched = {.target = {.pidfd = -1}};

static struct process victims[VICTIM_LIMIT];
static int victim_count;
static int victims_before;

static struct process predecessors[PREDECESSOR_LIMIT];
static int predecessor_count;

static struct process self;
static const char *lock_path;
static int timer_fd = -1;
static bool agent_alive = true;
static volatile sig_atomic_t released;

static char line[LINE_LIMIT];
static size_t line_length;
static bool line_too_long;

/* ---- time ---- */

static int64_t clock_ms(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t boot_ms(void) {
    return clock_ms(CLOCK_BOOTTIME);
}

static int64_t suspended_ms(void) {
    return clock_ms(CLOCK_BOOTTIME) - clock_ms(CLOCK_MONOTONIC);
}

/* Wake up at that time on CLOCK_BOOTTIME; 0: not at all. */
static void wake_at(int64_t at_boot_ms) {
    struct itimerspec when = {0};
    if (at_boot_ms > 0) {
        when.it_value.tv_sec = at_boot_ms / 1000;
        when.it_value.tv_nsec = (at_boot_ms % 1000) * 1000000;
    }
    if (at_boot_ms > 0 && when.it_value.tv_sec == 0 && when.it_value.tv_nsec == 0) {
        when.it_value.tv_nsec = 1;
    }
    timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

/* ---- telling ---- */

/* A frozen agent does not read: what does not fit is dropped, since stopping PostgreSQL matters more. */
static void write_if_possible(int fd, const char *text, size_t length) {
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    if (poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT)) {
        ssize_t written = write(fd, text, length);
        (void)written;
    }
}

__attribute__((format(printf, 1, 2))) static void reply(const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof text - 2) {
        length = (int)sizeof text - 2;
    }
    text[length++] = '\n';
    write_if_possible(STDOUT_FILENO, text, (size_t)length);
}

/* The time in UTC. Not with gmtime(3), which may read files and allocate; the calendar is that of Howard Hinnant's civil_from_days. */
static int timestamp(char *text, size_t size) {
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t days = now.tv_sec / 86400 + 719468;
    int second = (int)(now.tv_sec % 86400);
    int64_t era = days / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
    return snprintf(text, size, "%04d-%02d-%02d %02d:%02d:%02d,%03d UTC ", (int)year, (int)month, (int)day, second / 3600,
                    second / 60 % 60, second % 60, (int)(now.tv_nsec / 1000000));
}

/* To stderr and to syslog (daemon.crit). Not with syslog(3), which blocks when the daemon does not read. */
__attribute__((format(printf, 1, 2))) static void report(const char *format, ...) {
    char text[2048];
    int head = snprintf(text, sizeof text, "<26>pgha-deadman[%d]: ", (int)self.pid);
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text + head, sizeof text - (size_t)head - 1, format, arguments);
    va_end(arguments);
    length += head;
    if (length > (int)sizeof text - 2) {
        length = (int)sizeof text - 2;
    }
    int log = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (log >= 0) {
        struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
        sendto(log, text, (size_t)length, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address);
        close(log);
    }
    /* syslog knows the time, a log file does not. */
    char line[2200];
    int start = timestamp(line, sizeof line);
    memcpy(line + start, text + 4, (size_t)length - 4);
    length += start - 4;
    line[length++] = '\n';
    write_if_possible(STDERR_FILENO, line, (size_t)length);
}

/* ---- processes ---- */

struct stat_line {
    char state;
    pid_t parent;
    uint64_t start;
};

static bool read_stat(pid_t pid, struct stat_line *stat) {
    char path[32];
    char text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0) {
        return false;
    }
    text[length] = '\0';
    /* The name in parentheses may hold blanks and parentheses; after the last one stands field 3. */
    char *field = strrchr(text, ')');
    if (field == NULL || field[1] != ' ') {
        return false;
    }
    field += 2;
    stat->state = field[0];
    for (int number = 3; number < 22; number++) {
        field = strchr(field, ' ');
        if (field == NULL) {
            return false;
        }
        field++;
        if (number + 1 == 4) {
            stat->parent = (pid_t)strtol(field, NULL, 10);
        }
    }
    stat->start = strtoull(field, NULL, 10);
    return true;
}

/* A zombie has ended: it only waits for its parent, which may be a frozen agent. */
static bool is_alive(struct process process) {
    struct stat_line stat;
    return read_stat(process.pid, &stat) && stat.start == process.start && stat.state != 'Z' && stat.state != 'X';
}

static bool target_alive(const struct target *target) {
    if (target->pidfd >= 0) {
        struct pollfd ended = {.fd = target->pidfd, .events = POLLIN};
        return poll(&ended, 1, 0) == 0;
    }
    return is_alive(target->process);
}

static void release_target(struct target *target) {
    if (target->pidfd >= 0) {
        close(target->pidfd);
    }
    target->pidfd = -1;
    target->process = (struct process){0};
}

/* First the pidfd, then the check: from then on the number cannot come to mean another process. */
static bool take_target(struct target *target, struct process process) {
    int pidfd = (int)syscall(SYS_pidfd_open, process.pid, 0);
    struct target taken = {.process = process, .pidfd = pidfd};
    if (!is_alive(process) || !target_alive(&taken)) {
        if (pidfd >= 0) {
            close(pidfd);
        }
        return false;
    }
    release_target(target);
    *target = taken;
    return true;
}

static void signal_target(const struct target *target, int signal) {
    if (target->pidfd >= 0) {
        syscall(SYS_pidfd_send_signal, target->pidfd, signal, NULL, 0);
    } else if (is_alive(target->process)) {
        kill(target->process.pid, signal);
    }
}

static bool is_victim(pid_t pid) {
    for (int i = 0; i < victim_count; i++) {
        if (victims[i].pid == pid) {
            return true;
        }
    }
    return false;
}

/* One walk over /proc: who has the target or a victim as parent becomes a victim. Says whether there was a new one. */
static bool collect_once(pid_t root) {
    static char entries[32 * 1024];
    bool found = false;
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (proc < 0) {
        return false;
    }
    long length;
    while ((length = syscall(SYS_getdents64, proc, entries, sizeof entries)) > 0) {
        for (long at = 0; at < length;) {
            struct dirent64 *entry = (struct dirent64 *)(void *)(entries + at);
            at += entry->d_reclen;
            if (entry->d_name[0] < '1' || entry->d_name[0] > '9') {
                continue;
            }
            pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
            struct stat_line stat;
            if (pid == self.pid || pid == root || !read_stat(pid, &stat) || stat.state == 'Z') {
                continue;
            }
            if ((stat.parent == root || is_victim(stat.parent)) && !is_victim(pid) && victim_count < VICTIM_LIMIT) {
                victims[victim_count++] = (struct process){.pid = pid, .start = stat.start};
                found = true;
            }
        }
    }
    close(proc);
    return found;
}

static void forget_dead_victims(void) {
    int alive = 0;
    for (int i = 0; i < victim_count; i++) {
        if (is_alive(victims[i])) {
            victims[alive++] = victims[i];
        }
    }
    victim_count = alive;
}

static void collect_descendants(void) {
    forget_dead_victims();
    while (collect_once(guard.target.process.pid)) {
        /* until a walk finds nobody new */
    }
}

/* ---- the postmaster of the data directory ---- */

static bool decode_data_dir(char *path, size_t size) {
    size_t length = 0;
    for (const char *at = guard.data_dir; *at != '\0' && length + 1 < size; at++) {
        char byte = *at;
        if (byte == '%') {
            char digits[3] = {at[1], at[2], '\0'};
            byte = (char)strtol(digits, NULL, 16);
            at += 2;
        }
        path[length++] = byte;
    }
    path[length] = '\0';
    return length > 0 && strlen(path) == length;
}

/* The first line of postmaster.pid, if the process with that number works in that directory (PostgreSQL always does). */
static bool find_postmaster(struct process *process) {
    static char path[4096 + 64];
    static char wanted[4096];
    static char actual[4096];
    static char directory[4096];
    char text[32];
    if (!decode_data_dir(directory, sizeof directory) || realpath(directory, wanted) == NULL) {
        return false;
    }
    snprintf(path, sizeof path, "%s/postmaster.pid", directory);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return false;
    }
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0) {
        return false;
    }
    text[length] = '\0';
    long pid = labs(strtol(text, NULL, 10)); /* a single-user server writes it negative */
    if (pid <= 1 || pid > INT32_MAX || pid == self.pid) {
        return false;
    }
    snprintf(path, sizeof path, "/proc/%ld/cwd", pid);
    length = readlink(path, actual, sizeof actual - 1);
    if (length <= 0) {
        return false;
    }
    actual[length] = '\0';
    struct stat_line stat;
    if (strcmp(actual, wanted) != 0 || !read_stat((pid_t)pid, &stat)) {
        return false;
    }
    *process = (struct process){.pid = (pid_t)pid, .start = stat.start};
    return true;
}

/* Whom to stop: the process that was named, or else whoever is postmaster there now. */
static bool target_present(void) {
    struct process process;
    return (guard.target.process.pid != 0 && target_alive(&guard.target))
            || (find_postmaster(&process) && take_target(&guard.target, process));
}

/* ---- firing ---- */

static void disarm(void) {
    release_target(&guard.target);
    guard.phase = QUIET;
    victim_count = 0;
    wake_at(0);
}

static void finish_firing(void) {
    report("PostgreSQL (pid %d, data directory %s) was stopped %lld ms after its deadline: the agent %s and had not proven"
           " the leader lock again in time",
           (int)guard.target.process.pid,
           guard.data_dir,
           (long long)(boot_ms() - guard.deadline_boot_ms),
           agent_alive ? "was frozen or late" : "was dead");
    disarm();
    reply("stopped");
}

/* Stopped first, it forks no further children while they are collected. Repeated until all are gone. */
static void kill_round(void) {
    guard.phase = KILLING;
    if (target_alive(&guard.target)) {
        signal_target(&guard.target, SIGSTOP);
        collect_descendants();
    } else {
        forget_dead_victims();
    }
    for (int i = 0; i < victim_count; i++) {
        kill(victims[i].pid, SIGKILL);
    }
    signal_target(&guard.target, SIGKILL);
    forget_dead_victims();
    if (victim_count == 0 && !target_alive(&guard.target)) {
        finish_firing();
        return;
    }
    guard.rounds++;
    wake_at(boot_ms() + (guard.rounds < KILL_ROUNDS_FAST ? KILL_ROUND_MS : KILL_ROUND_LATER_MS));
}

/* SIGQUIT is PostgreSQL's immediate shutdown; SIGCONT lets a stopped postmaster see it. */
static void fire(void) {
    if (!target_present()) {
        reply("expired %llu", (unsigned long long)guard.seq);
        disarm();
        return;
    }
    guard.phase = QUITTING;
    guard.rounds = 0;
    guard.fired_boot_ms = boot_ms();
    victim_count = 0;
    signal_target(&guard.target, SIGSTOP);
    collect_descendants();
    victims_before = victim_count;
    signal_target(&guard.target, SIGQUIT);
    signal_target(&guard.target, SIGCONT);
    reply("fired");
    wake_at(guard.fired_boot_ms + QUIT_CHECK_MS);
}

static void check_quitting(void) {
    int64_t waited = boot_ms() - guard.fired_boot_ms;
    forget_dead_victims();
    bool gone = !target_alive(&guard.target);
    bool ignored = victim_count == victims_before;
    if (gone || waited >= QUIT_GRACE_MS || (waited >= QUIT_CHECK_MS && ignored)) {
        kill_round();
    } else {
        wake_at(guard.fired_boot_ms + (waited < QUIT_CHECK_MS ? QUIT_CHECK_MS : QUIT_GRACE_MS));
    }
}

static bool deadline_passed(void) {
    return guard.phase == ARMED && boot_ms() >= guard.deadline_boot_ms;
}

/* ---- the lock file ---- */

static int open_lock_file(void) {
    int fd = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat status;
    if (fd >= 0 && (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(fd);
        errno = EINVAL;
        return -1;
    }
    /* Held for microseconds by others; somebody who is stopped just there must not keep us from guarding. */
    for (int tries = 0; fd >= 0 && tries < 100 && flock(fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        poll(NULL, 0, 10);
    }
    return fd;
}

/* A recycled number must not cost an innocent process its life: it has to be a dead-man of this lock file. */
static bool is_dead_man(struct process process) {
    char path[32];
    char command[512];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)process.pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t length = read(fd, command, sizeof command - 1);
    close(fd);
    if (length <= 0) {
        return false;
    }
    command[length] = '\0';
    return strstr(command, "pgha-deadman") != NULL && is_alive(process);
}

static void read_predecessors(int fd) {
    char text[1024];
    ssize_t length = pread(fd, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    char *rest = text;
    char *entry;
    while ((entry = strsep(&rest, "\n")) != NULL && predecessor_count < PREDECESSOR_LIMIT) {
        long pid = 0;
        unsigned long long start = 0;
        if (sscanf(entry, "%ld %llu", &pid, &start) != 2 || pid <= 1 || pid > INT32_MAX) {
            continue;
        }
        struct process process = {.pid = (pid_t)pid, .start = start};
        if (process.pid != self.pid && is_dead_man(process)) {
            predecessors[predecessor_count++] = process;
        }
    }
}

static bool write_lock_file(int fd, bool with_self) {
    char text[1024];
    int length = 0;
    if (with_self) {
        length = snprintf(text, sizeof text, "%d %llu\n", (int)self.pid, (unsigned long long)self.start);
    }
    for (int i = 0; i < predecessor_count; i++) {
        length += snprintf(
                text + length,
                sizeof text - (size_t)length,
                "%d %llu\n",
                (int)predecessors[i].pid,
                (unsigned long long)predecessors[i].start);
    }
    return ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)length, 0) == length;
}

static bool enter_lock_file(void) {
    int fd = open_lock_file();
    if (fd < 0) {
        return false;
    }
    read_predecessors(fd);
    bool written = write_lock_file(fd, true);
    close(fd);
    return written;
}

/* Whoever came since has put itself into the file; only what concerns us changes. */
static void rewrite_lock_file(bool with_self) {
    int fd = open_lock_file();
    if (fd >= 0) {
        predecessor_count = 0;
        read_predecessors(fd);
        write_lock_file(fd, with_self);
        close(fd);
    }
}

static void release_predecessors(void) {
    if (predecessor_count == 0) {
        return;
    }
    for (int i = 0; i < predecessor_count; i++) {
        if (is_dead_man(predecessors[i])) {
            kill(predecessors[i].pid, SIGTERM);
        }
    }
    predecessor_count = 0;
}

static _Noreturn void leave(int status) {
    rewrite_lock_file(false);
    _exit(status);
}

/* ---- commands ---- */

/* Decimal digits only: no sign, no blanks, no overflow. */
static bool parse_number(const char *text, uint64_t limit, uint64_t *number) {
    if (text == NULL || *text == '\0') {
        return false;
    }
    uint64_t value = 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (limit - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

static bool parse_process(const char *pid_text, const char *start_text, struct process *process) {
    uint64_t pid;
    uint64_t start;
    if (!parse_number(pid_text, INT32_MAX, &pid) || !parse_number(start_text, INT64_MAX, &start)) {
        return false;
    }
    *process = (struct process){.pid = (pid_t)pid, .start = start};
    return pid > 1 && process->pid != self.pid;
}

static bool is_anybody(const char *pid_text, const char *start_text) {
    return strcmp(pid_text, "0") == 0 && strcmp(start_text, "0") == 0;
}

static bool is_percent_encoded(const char *text) {
    if (text == NULL || *text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text == '%') {
            if (strspn(text + 1, "0123456789abcdefABCDEF") < 2) {
                return false;
            }
            text += 2;
        } else if (*text <= ' ' || *text >= 127) {
            return false;
        }
    }
    return true;
}

static void on_arm(char **arguments) {
    uint64_t seq;
    uint64_t deadline;
    struct process process = {0};
    bool anybody = is_anybody(arguments[2], arguments[3]);
    if (!parse_number(arguments[0], INT64_MAX, &seq) || !parse_number(arguments[1], INT64_MAX, &deadline)
        || (!anybody && !parse_process(arguments[2], arguments[3], &process)) || !is_percent_encoded(arguments[4])) {
        reply("error arm: expected SEQ DEADLINE PID START DATADIR");
        return;
    }
    if ((int64_t)deadline > clock_ms(CLOCK_MONOTONIC) + DEADLINE_LIMIT_MS) {
        reply("error arm %llu: the deadline is over a day away; it must be CLOCK_MONOTONIC in ms", (unsigned long long)seq);
        return;
    }
    if (guard.phase == QUITTING || guard.phase == KILLING) {
        reply("error arm %llu: firing", (unsigned long long)seq);
        return;
    }
    bool same = guard.phase == ARMED && guard.target.process.pid == process.pid
            && guard.target.process.start == process.start;
    if (anybody || (same ? !target_alive(&guard.target) : !take_target(&guard.target, process))) {
        release_target(&guard.target); /* the one that was named has ended: who follows it is guarded all the same */
    }
    guard.phase = ARMED;
    guard.seq = seq;
    guard.suspended_ms = suspended_ms();
    guard.deadline_boot_ms = (int64_t)deadline + guard.suspended_ms;
    snprintf(guard.data_dir, sizeof guard.data_dir, "%s", arguments[4]);
    wake_at(guard.deadline_boot_ms);
    release_predecessors();
    reply("armed %llu", (unsigned long long)seq);
}

static void on_disarm(char **arguments) {
    uint64_t seq;
    if (!parse_number(arguments[0], INT64_MAX, &seq)) {
        reply("error disarm: expected SEQ");
        return;
    }
    if (guard.phase == QUITTING || guard.phase == KILLING) {
        reply("error disarm %llu: firing", (unsigned long long)seq);
        return;
    }
    disarm();
    release_predecessors();
    reply("disarmed %llu", (unsigned long long)seq);
}

static void on_watch(char **arguments) {
    struct process process;
    if (!parse_process(arguments[0], arguments[1], &process)) {
        reply("error watch: expected PID START");
        return;
    }
    watched.on = take_target(&watched.target, process);
    if (watched.on) {
        reply("watching %d", (int)process.pid);
    } else {
        release_target(&watched.target);
        reply("exited %d", (int)process.pid);
    }
}

static void on_ping(char **arguments) {
    uint64_t seq;
    if (parse_number(arguments[0], INT64_MAX, &seq)) {
        reply("pong %llu", (unsigned long long)seq);
    } else {
        reply("error ping: expected SEQ");
    }
}

static void on_unwatch(char **arguments) {
    (void)arguments;
    watched.on = false;
    release_target(&watched.target);
    reply("unwatched");
}

static void on_quit(char **arguments) {
    (void)arguments;
    if (guard.phase == QUITTING || guard.phase == KILLING) {
        released = 1;
        return;
    }
    leave(0);
}

static const struct {
    const char *name;
    int arguments;
    void (*handle)(char **arguments);
} COMMANDS[] = {
    {"arm", 5, on_arm},
    {"disarm", 1, on_disarm},
    {"watch", 2, on_watch},
    {"unwatch", 0, on_unwatch},
    {"ping", 1, on_ping},
    {"quit", 0, on_quit},
};

static void on_line(char *text) {
    enum { WORD_LIMIT = 7 };
    char *words[WORD_LIMIT + 1] = {0};
    int count = 0;
    char *word;
    while ((word = strsep(&text, " ")) != NULL && count <= WORD_LIMIT) {
        words[count < WORD_LIMIT ? count : WORD_LIMIT] = word;
        count++;
    }
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (strcmp(words[0], COMMANDS[i].name) == 0) {
            if (count - 1 != COMMANDS[i].arguments) {
                reply("error %s: expected %d arguments", COMMANDS[i].name, COMMANDS[i].arguments);
            } else {
                COMMANDS[i].handle(words + 1);
            }
            return;
        }
    }
    reply("error unknown command");
}

static void on_byte(char byte) {
    if (byte == '\n') {
        line[line_length] = '\0';
        if (line_too_long) {
            reply("error line too long");
        } else if (strlen(line) != line_length) {
            reply("error NUL in line");
        } else {
            on_line(line);
        }
        line_length = 0;
        line_too_long = false;
    } else if (line_length + 1 < sizeof line) {
        line[line_length++] = byte;
    } else {
        line_too_long = true;
    }
}

/* A last line without its newline may be a cut-off command, and is not obeyed. */
static void on_input(void) {
    static char input[LINE_LIMIT];
    ssize_t length = read(STDIN_FILENO, input, sizeof input);
    if (length < 0 && (errno == EINTR || errno == EAGAIN)) {
        return;
    }
    for (ssize_t i = 0; i < length; i++) {
        on_byte(input[i]);
    }
    if (length <= 0) {
        agent_alive = false;
        if (guard.phase == ARMED) {
            report("the agent is gone; PostgreSQL (pid %d, data directory %s) will be stopped in %lld ms unless an agent"
                   " takes over",
                   (int)guard.target.process.pid,
                   guard.data_dir,
                   (long long)(guard.deadline_boot_ms - boot_ms()));
        }
    }
}

/* ---- the loop ---- */

/* Frozen while a successor took over, and thawed after the deadline: the release waits behind the blocked signal. */
static bool is_released(void) {
    sigset_t pending;
    return released || (sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1);
}

/* A renewal that lies in the pipe counts although we were scheduled late; one from before a suspend does not. */
static void obey_or_fire(bool input_ready) {
    if (guard.phase == ARMED && is_released()) {
        leave(0);
    }
    bool was_suspended = guard.phase == ARMED && suspended_ms() - guard.suspended_ms > 10;
    if (deadline_passed() && was_suspended) {
        fire();
    }
    if (input_ready) {
        on_input();
    }
    if (deadline_passed()) {
        fire();
    }
}

static void look_after_watched(void) {
    if (watched.on && !target_alive(&watched.target)) {
        reply("exited %d", (int)watched.target.process.pid);
        watched.on = false;
        release_target(&watched.target);
    }
}

static int nothing_left_to_do(int status) {
    if (released) {
        leave(0);
    }
    if (!agent_alive) {
        leave(status);
    }
    return status;
}

static _Noreturn void run(const sigset_t *while_waiting) {
    int status = 0;
    for (;;) {
        if (guard.phase == QUIET) {
            status = nothing_left_to_do(status);
        } else if (guard.phase == ARMED && released) {
            leave(0);
        }
        struct pollfd sources[] = {
            {.fd = timer_fd, .events = POLLIN},
            {.fd = agent_alive ? STDIN_FILENO : -1, .events = POLLIN},
            {.fd = watched.on ? watched.target.pidfd : -1, .events = POLLIN},
            /* Armed and alone, the end of the process is the end of the task; firing, it is the next step. */
            {.fd = (guard.phase == ARMED && !agent_alive) || guard.phase == QUITTING ? guard.target.pidfd : -1,
             .events = POLLIN},
        };
        bool without_pidfd = watched.on && watched.target.pidfd < 0;
        struct timespec pause = {.tv_nsec = POLL_WITHOUT_PIDFD_MS * 1000000L};
        int ready = ppoll(sources, 4, without_pidfd ? &pause : NULL, while_waiting);
        if (ready < 0) {
            continue; /* a signal: looked at above */
        }
        uint64_t expirations;
        if (sources[0].revents != 0 && read(timer_fd, &expirations, sizeof expirations) < 0) {
            sources[0].revents = 0; /* re-armed in the meantime */
        }
        obey_or_fire(sources[1].revents != 0);
        look_after_watched();
        if (guard.phase == QUITTING) {
            check_quitting();
        } else if (guard.phase == KILLING && sources[0].revents != 0) {
            kill_round();
        } else if (guard.phase == ARMED && !agent_alive && guard.target.process.pid != 0
                && !target_alive(&guard.target)) {
            disarm();
        }
        if (guard.phase == QUIET && guard.fired_boot_ms != 0) {
            status = agent_alive ? 0 : EXIT_FIRED;
            guard.fired_boot_ms = 0;
        }
    }
}

/* ---- start ---- */

static void on_term(int signal) {
    (void)signal;
    released = 1;
}

static void close_inherited(void) {
    if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0) {
        for (int fd = 3; fd < 65536; fd++) {
            close(fd);
        }
    }
}

/* Each of these makes it likelier that we run when it matters; none is needed, and most need privileges. */
static void be_robust(void) {
    setsid();
    if (chdir("/") != 0) {
        report("chdir /: %s", strerror(errno));
    }
    umask(077);
    int oom = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (oom >= 0) {
        ssize_t written = write(oom, "-1000", 5);
        (void)written;
        close(oom);
    }
    struct sched_param priority = {.sched_priority = sched_get_priority_min(SCHED_RR)};
    sched_setscheduler(0, SCHED_RR, &priority);
    mlockall(MCL_CURRENT | MCL_FUTURE);
}

static void set_signals(sigset_t *while_waiting) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGHUP, &ignore, NULL);
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGUSR1, &ignore, NULL);
    sigaction(SIGUSR2, &ignore, NULL);
    sigaction(SIGALRM, &ignore, NULL);
    struct sigaction term = {.sa_handler = on_term};
    sigaction(SIGTERM, &term, NULL);
    /* SIGTERM comes only while we wait. The mask is our own: an inherited one could block it for ever. */
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    sigemptyset(while_waiting);
}

int main(int count, char **arguments) {
    if (count != 3 || strcmp(arguments[1], "--lock") != 0 || arguments[2][0] != '/') {
        static const char usage[] = "usage: pgha-deadman --lock FILE (an absolute path)\n";
        write_if_possible(STDERR_FILENO, usage, sizeof usage - 1);
        return EXIT_SETUP;
    }
    lock_path = arguments[2];
    sigset_t while_waiting;
    close_inherited();
    set_signals(&while_waiting);
    self.pid = getpid();
    struct stat_line stat;
    if (!read_stat(self.pid, &stat)) {
        report("/proc is needed and cannot be read: mount it");
        return EXIT_SETUP;
    }
    self.start = stat.start;
    timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (timer_fd < 0) {
        report("timerfd_create: %s", strerror(errno));
        return EXIT_SETUP;
    }
    be_robust();
    if (!enter_lock_file()) {
        report("cannot write the lock file %s: %s", lock_path, strerror(errno));
        return EXIT_SETUP;
    }
    run(&while_waiting);
}
