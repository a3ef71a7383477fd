/*
 * Stands between a process and its disk (LD_PRELOAD), for files under $DISKLAB_DIR alone:
 * writes down every call with its data ($DISKLAB_LOG), and lets chosen calls fail or lie.
 *
 * The test steers through $DISKLAB_CONTROL, a file of one page that both map; see struct control.
 * Opening "$DISKLAB_DIR/.mark-TEXT" always fails with ENOENT and leaves TEXT in the log: so the
 * process can say between which two calls something was true.
 *
 * What this cannot follow (a writable mapping, a hard link, a duplicated descriptor) is written down
 * as OP_UNKNOWN, and the reader of the log refuses it: a proof must not rest on half a log.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FDS = 65536, SECTOR = 512, CLASSES = 6 };

enum op {
  OP_OPEN = 1, OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_CLOSE, OP_RENAME, OP_UNLINK, OP_MKDIR, OP_RMDIR,
  OP_MARK, OP_UNKNOWN, OP_SYNC_FAILED
};

enum flag { MADE = 1, EMPTIED = 2, FOLDER = 4 };

enum call_class { READ = 0, WRITE, SYNC, OPEN, ENTRY };

enum effect { SAY_EIO = 1, SAY_ENOSPC, SAY_EACCES, LIE, TEAR };

/* In the machine's byte order. Counters start at 0 when the test clears them. */
struct control {
  uint32_t record;           /* 1: write calls down */
  uint32_t fault_class;      /* which class of calls ... */
  uint32_t effect;           /* ... does what; 0: none */
  uint32_t spare;
  uint64_t first;            /* from which call of the class, 1 is the next one ... */
  uint64_t last;             /* ... up to which */
  uint64_t hits;             /* calls that failed or lied */
  uint64_t calls[CLASSES];   /* calls so far, by class */
};

struct head {
  uint32_t op;
  int32_t fd;
  int64_t offset;
  uint32_t flags;
  uint32_t path_len;
  uint32_t data_len;
  uint32_t spare;
};

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct control *control;
static int log_fd = -1;
static char folder[4096];
static size_t folder_len;
static unsigned char followed[FDS]; /* 0 not ours, 1 file, 2 folder */

__attribute__((constructor)) static void begin(void) {
  const char *dir = getenv("DISKLAB_DIR"), *steer = getenv("DISKLAB_CONTROL"),
             *log = getenv("DISKLAB_LOG");
  if (!dir || !steer || !log) return;
  int fd = syscall(SYS_openat, AT_FDCWD, steer, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0) return;
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (page == MAP_FAILED) return;
  log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  snprintf(folder, sizeof folder, "%s", dir);
  folder_len = strlen(folder);
  control = page;
}

static int ours(const char *path) {
  return control && path && !strncmp(path, folder, folder_len)
      && (path[folder_len] == '/' || path[folder_len] == 0);
}

static int kind(int fd) {
  return control && fd >= 0 && fd < FDS ? followed[fd] : 0;
}

static void put(const void *bytes, size_t len) {
  const char *at = bytes;
  while (len > 0) {
    ssize_t done = syscall(SYS_write, log_fd, at, len);
    if (done < 0) {
      if (errno == EINTR) continue;
      abort(); /* a torn log would prove the wrong thing */
    }
    at += done;
    len -= done;
  }
}

static void note(enum op op, int fd, int64_t offset, uint32_t flags, const char *path,
                 const void *data, size_t len) {
  if (!control->record) return;
  int kept = errno;
  struct head head = {op, fd, offset, flags, path ? strlen(path) : 0, len, 0};
  put(&head, sizeof head);
  if (path) put(path, head.path_len);
  if (len) put(data, len);
  errno = kept;
}

/* The effect for this call of the class; 0: behave. */
static uint32_t fault(enum call_class class) {
  uint64_t n = ++control->calls[class];
  if (!control->effect || control->fault_class != class || n < control->first
      || n > control->last) {
    return 0;
  }
  control->hits++;
  return control->effect;
}

/* Sets errno and answers true when the call is to fail. */
static int fails(uint32_t effect) {
  if (effect == SAY_EIO) errno = EIO;
  else if (effect == SAY_ENOSPC) errno = ENOSPC;
  else if (effect == SAY_EACCES) errno = EACCES;
  else return 0;
  return 1;
}

#define ENTER pthread_mutex_lock(&lock)
#define LEAVE pthread_mutex_unlock(&lock)

/* ---- opening ---- */

static int open_ours(const char *path, int flags, mode_t mode) {
  const char *name = strrchr(path, '/');
  if (name && !strncmp(name, "/.mark-", 7)) {
    note(OP_MARK, -1, 0, 0, name + 7, NULL, 0);
    errno = ENOENT;
    return -1;
  }
  if (fails(fault(OPEN))) return -1;
  struct stat before;
  int there = syscall(SYS_newfstatat, AT_FDCWD, path, &before, 0) == 0;
  int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd < 0) return fd;
  struct stat now;
  fstat(fd, &now);
  int is_folder = S_ISDIR(now.st_mode);
  if (fd < FDS) followed[fd] = is_folder ? 2 : 1;
  note(OP_OPEN, fd, 0,
       (there ? 0 : MADE) | (there && (flags & O_TRUNC) ? EMPTIED : 0) | (is_folder ? FOLDER : 0),
       path, NULL, 0);
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  if (!ours(path)) return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  ENTER;
  int fd = open_ours(path, flags, mode);
  LEAVE;
  return fd;
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

#define OPENER(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = mode_of(flags, rest); \
    va_end(rest); \
    return open_any(path, flags, mode); \
  }
OPENER(open)
OPENER(open64)

#define OPENER_AT(name) \
  int name(int at, const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = mode_of(flags, rest); \
    va_end(rest); \
    return path[0] == '/' ? open_any(path, flags, mode) \
                          : syscall(SYS_openat, at, path, flags, mode); \
  }
OPENER_AT(openat)
OPENER_AT(openat64)

int creat(const char *path, mode_t mode) {
  return open_any(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char *path, mode_t mode) { return creat(path, mode); }
int __open_2(const char *path, int flags) { return open_any(path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_any(path, flags, 0); }

int close(int fd) {
  if (!kind(fd)) return syscall(SYS_close, fd);
  ENTER;
  followed[fd] = 0;
  note(OP_CLOSE, fd, 0, 0, NULL, NULL, 0);
  int result = syscall(SYS_close, fd);
  LEAVE;
  return result;
}

/* ---- writing ---- */

static ssize_t put_at(int fd, const void *bytes, size_t len, int64_t offset) {
  ssize_t done = syscall(SYS_pwrite64, fd, bytes, len, offset);
  if (done > 0) note(OP_WRITE, fd, offset, 0, NULL, bytes, done);
  return done;
}

static ssize_t write_at(int fd, const void *bytes, size_t len, int64_t offset) {
  uint32_t effect = fault(WRITE);
  if (fails(effect)) return -1;
  if (effect == TEAR) {
    /* What reaches the disk ends at a border of sectors, in the middle or at once. */
    int64_t end = (offset + (int64_t) len / 2) / SECTOR * SECTOR;
    if (end > offset) put_at(fd, bytes, end - offset, offset);
    return len;
  }
  return effect == LIE ? (ssize_t) len : put_at(fd, bytes, len, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t offset) {
  if (kind(fd) != 1) return syscall(SYS_pwrite64, fd, bytes, len, offset);
  ENTER;
  ssize_t done = write_at(fd, bytes, len, offset);
  LEAVE;
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t len, off_t offset) {
  return pwrite64(fd, bytes, len, offset);
}

ssize_t write(int fd, const void *bytes, size_t len) {
  if (kind(fd) != 1) return syscall(SYS_write, fd, bytes, len);
  ENTER;
  int append = syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND;
  int64_t offset = syscall(SYS_lseek, fd, 0, append ? SEEK_END : SEEK_CUR);
  ssize_t done = write_at(fd, bytes, len, offset);
  if (done > 0) syscall(SYS_lseek, fd, offset + done, SEEK_SET);
  LEAVE;
  return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (kind(fd) != 1) return syscall(SYS_writev, fd, parts, count);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    if (!parts[i].iov_len) continue;
    ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
    if (done < 0) return all ? all : done;
    all += done;
    if ((size_t) done < parts[i].iov_len) break;
  }
  return all;
}

int ftruncate64(int fd, off64_t len) {
  if (kind(fd) != 1) return syscall(SYS_ftruncate, fd, len);
  ENTER;
  uint32_t effect = fault(WRITE);
  int result = 0;
  if (fails(effect)) {
    result = -1;
  } else if (effect != LIE && effect != TEAR) {
    result = syscall(SYS_ftruncate, fd, len);
    if (result == 0) note(OP_TRUNCATE, fd, len, 0, NULL, NULL, 0);
  }
  LEAVE;
  return result;
}
int ftruncate(int fd, off_t len) { return ftruncate64(fd, len); }

/* Room is asked for by writing zeros, as glibc does where a file system cannot: one kind of call. */
int fallocate64(int fd, int mode, off64_t offset, off64_t len) {
  if (kind(fd) != 1) return syscall(SYS_fallocate, fd, mode, offset, len);
  errno = EOPNOTSUPP;
  return -1;
}
int fallocate(int fd, int mode, off_t offset, off_t len) {
  return fallocate64(fd, mode, offset, len);
}
int posix_fallocate64(int fd, off64_t offset, off64_t len) {
  if (kind(fd) == 1) return EOPNOTSUPP;
  return syscall(SYS_fallocate, fd, 0, offset, len) == 0 ? 0 : errno;
}
int posix_fallocate(int fd, off_t offset, off_t len) { return posix_fallocate64(fd, offset, len); }

/* The caller then copies by read and write, which we see. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t len, unsigned flags) {
  if (kind(out) != 1) return syscall(SYS_copy_file_range, in, from, out, to, len, flags);
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t len) {
  if (kind(out) != 1) return syscall(SYS_sendfile, out, in, offset, len);
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t len) {
  return sendfile64(out, in, offset, len);
}

/* ---- reading ---- */

#define READER(name, number, ...) \
  if (kind(fd) == 1) { \
    ENTER; \
    int failed = fails(fault(READ)); \
    LEAVE; \
    if (failed) return -1; \
  } \
  return syscall(number, __VA_ARGS__)

ssize_t read(int fd, void *bytes, size_t len) { READER(read, SYS_read, fd, bytes, len); }
ssize_t pread64(int fd, void *bytes, size_t len, off64_t offset) {
  READER(pread64, SYS_pread64, fd, bytes, len, offset);
}
ssize_t pread(int fd, void *bytes, size_t len, off_t offset) {
  return pread64(fd, bytes, len, offset);
}

/* ---- forcing ---- */

static int force(int fd, long number) {
  if (!kind(fd)) return syscall(number, fd);
  ENTER;
  uint32_t effect = fault(SYNC);
  int result = 0;
  if (fails(effect)) {
    note(OP_SYNC_FAILED, fd, 0, 0, NULL, NULL, 0);
    result = -1;
  } else if (effect != LIE && effect != TEAR) {
    result = syscall(number, fd);
    if (result == 0) note(OP_SYNC, fd, 0, 0, NULL, NULL, 0);
  }
  LEAVE;
  return result;
}
int fsync(int fd) { return force(fd, SYS_fsync); }
int fdatasync(int fd) { return force(fd, SYS_fdatasync); }

/* ---- names ---- */

#define NAMING(test, op, path, data, data_len, call) \
  if (!(test)) return call; \
  ENTER; \
  int result = fails(fault(ENTRY)) ? -1 : (int) call; \
  if (result == 0) note(op, -1, 0, 0, path, data, data_len); \
  LEAVE; \
  return result

static int move(const char *from, const char *to) {
  NAMING(ours(from) || ours(to), OP_RENAME, from, to, strlen(to),
         syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int rename(const char *from, const char *to) { return move(from, to); }
int renameat(int at, const char *from, int at_to, const char *to) {
  return from[0] == '/' && to[0] == '/' ? move(from, to)
                                        : (int) syscall(SYS_renameat2, at, from, at_to, to, 0);
}

int renameat2(int at, const char *from, int at_to, const char *to, unsigned flags) {
  return flags == 0 ? renameat(at, from, at_to, to)
                    : (int) syscall(SYS_renameat2, at, from, at_to, to, flags);
}

static int drop(const char *path) {
  NAMING(ours(path), OP_UNLINK, path, NULL, 0,
         syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
int unlink(const char *path) { return drop(path); }

int rmdir(const char *path) {
  NAMING(ours(path), OP_RMDIR, path, NULL, 0,
         syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}
int unlinkat(int at, const char *path, int flags) {
  if (path[0] != '/') return syscall(SYS_unlinkat, at, path, flags);
  return flags & AT_REMOVEDIR ? rmdir(path) : drop(path);
}

int mkdir(const char *path, mode_t mode) {
  NAMING(ours(path), OP_MKDIR, path, NULL, 0,
         syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

/* ---- what we cannot follow ---- */

int link(const char *from, const char *to) {
  if (ours(to)) {
    ENTER;
    note(OP_UNKNOWN, -1, 0, 0, "a hard link", NULL, 0);
    LEAVE;
  }
  return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

void *mmap64(void *at, size_t len, int protection, int flags, int fd, off64_t offset) {
  if (kind(fd) == 1 && (protection & PROT_WRITE) && (flags & MAP_SHARED)) {
    ENTER;
    note(OP_UNKNOWN, fd, 0, 0, "a writable mapping", NULL, 0);
    LEAVE;
  }
  return (void *) syscall(SYS_mmap, at, len, protection, flags, fd, offset);
}

/* A folder's double, by which Java lists it, changes nothing; nobody syncs it. */
static void duplicated(int fd) {
  if (fd >= 0 && fd < FDS && followed[fd] == 2) return;
  if (!kind(fd)) return;
  ENTER;
  note(OP_UNKNOWN, fd, 0, 0, "a duplicated descriptor", NULL, 0);
  LEAVE;
}
int dup(int fd) {
  duplicated(fd);
  return syscall(SYS_dup, fd);
}
int dup2(int fd, int to) {
  duplicated(fd);
  return fd == to ? to : (int) syscall(SYS_dup3, fd, to, 0);
}
