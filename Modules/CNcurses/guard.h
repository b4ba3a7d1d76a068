// Signal handlers. In C, because only async-signal-safe functions may be called in them and Swift promises none.
#ifndef CNCURSES_GUARD_H
#define CNCURSES_GUARD_H

#define CN_GUARD_SIGNALS 32

/// Everything that a handler needs. One value, made before the first handler is installed, never freed.
typedef struct {
    /// Written to so that the screen thread wakes; -1 for none.
    int pipe;
    /// A bit for each signal that has come in and was not yet taken.
    uint32_t pending;

    /// 1 while there is a terminal to restore. Whoever sets it to 0 restores.
    int armed;
    /// 1 once a fatal signal came in: nothing may be painted any more.
    int crashed;
    /// The terminal, and what to send to it.
    int terminal;
    int byte_count;
    uint8_t bytes[512];
    struct termios modes;

    /// The real standard error while it goes to a file, and that file; -1 for none.
    int standard_error;
    int captured;

    /// What was installed before.
    struct sigaction previous[CN_GUARD_SIGNALS];
} cn_guard;

static inline void cn_guard_write(int descriptor, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written <= 0) {
            if (written < 0 && errno == EINTR) continue;
            return;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

/// Sends the end of the captured standard error to the real one, control characters and C1 as '?'.
static inline void cn_guard_replay(cn_guard *guard) {
    uint8_t buffer[1024];
    uint8_t before = 0;
    off_t end = lseek(guard->captured, 0, SEEK_END);
    off_t start = end > 65536 ? end - 65536 : 0;
    ssize_t count;
    while ((count = pread(guard->captured, buffer, sizeof buffer, start)) > 0) {
        for (ssize_t i = 0; i < count; i++) {
            uint8_t byte = buffer[i];
            bool control = (byte < 0x20 && byte != '\n') || byte == 0x7F || (before == 0xC2 && byte < 0xA0);
            before = byte;
            if (control) buffer[i] = '?';
        }
        cn_guard_write(STDERR_FILENO, buffer, (size_t)count);
        start += count;
    }
}

/// Puts the terminal and standard error back, once. Async-signal-safe.
static inline void cn_guard_restore(cn_guard *guard) {
    if (__atomic_exchange_n(&guard->armed, 0, __ATOMIC_SEQ_CST) == 0) return;
    cn_guard_write(guard->terminal, guard->bytes, (size_t)guard->byte_count);
    tcsetattr(guard->terminal, TCSANOW, &guard->modes);
    if (guard->standard_error >= 0 && guard->captured >= 0) {
        dup2(guard->standard_error, STDERR_FILENO);
        cn_guard_replay(guard);
    }
}

/// A signal that asks for something: remembered, and the screen thread woken.
static inline void cn_guard_note(cn_guard *guard, int number) {
    int error = errno;
    __atomic_fetch_or(&guard->pending, 1u << number, __ATOMIC_SEQ_CST);
    uint8_t byte = 0;
    int pipe = __atomic_load_n(&guard->pipe, __ATOMIC_SEQ_CST);
    // A full pipe wakes the thread just as well.
    if (pipe >= 0 && write(pipe, &byte, 1) < 0) {}
    errno = error;
}

/// A signal that ends the process: restores the terminal, lets whoever was installed before have it, and dies of it.
static inline void cn_guard_crash(cn_guard *guard, int number, siginfo_t *info, void *context) {
    __atomic_store_n(&guard->crashed, 1, __ATOMIC_SEQ_CST);
    cn_guard_restore(guard);
    // Swift's backtracer would ask what to do next and wait; without input it prints and ends.
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);

    struct sigaction *previous = &guard->previous[number];
    bool faults = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
    if (faults && info != NULL && info->si_code > 0) {
        // The instruction is run again and faults again: the one before sees everything as it was.
        sigaction(number, previous, NULL);
        return;
    }
    // Sent from outside: it doesn't come again by itself.
    if (previous->sa_flags & SA_SIGINFO) {
        previous->sa_sigaction(number, info, context);
    } else if (previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN) {
        previous->sa_handler(number);
    }
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    sigaction(number, &standard, NULL);
    raise(number);
}

/// Remembers what is installed for a signal.
static inline void cn_guard_remember(cn_guard *guard, int number) {
    sigaction(number, NULL, &guard->previous[number]);
}

/// Installs a handler that runs with all signals blocked, on the thread's signal stack.
static inline void cn_guard_install(int number, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/// Puts back what cn_guard_remember found.
static inline void cn_guard_uninstall(cn_guard *guard, int number) {
    sigaction(number, &guard->previous[number], NULL);
}

/// Stops the process and all others of its job, as Ctrl-Z would have done, until the shell continues them; returns at once
/// where there is no shell that could. Afterwards the handler is installed again.
static inline void cn_guard_stop(void (*handler)(int, siginfo_t *, void *)) {
    // The others first; this process by a signal to this thread, so that it has been stopped when the call returns.
    signal(SIGTSTP, SIG_IGN);
    kill(0, SIGTSTP);
    signal(SIGTSTP, SIG_DFL);
    // Threads of libraries have all signals blocked, and what is blocked would stop nothing.
    sigset_t stop, blocked;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &blocked);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &blocked, NULL);
    cn_guard_install(SIGTSTP, handler);
}

/// The signals that came in since the last call, as bits.
static inline uint32_t cn_guard_take(cn_guard *guard) {
    return __atomic_exchange_n(&guard->pending, 0, __ATOMIC_SEQ_CST);
}

static inline void cn_guard_set_pipe(cn_guard *guard, int pipe) {
    __atomic_store_n(&guard->pipe, pipe, __ATOMIC_SEQ_CST);
}

static inline void cn_guard_arm(cn_guard *guard) { __atomic_store_n(&guard->armed, 1, __ATOMIC_SEQ_CST); }

/// Takes over the duty to restore; false when somebody else has it.
static inline bool cn_guard_disarm(cn_guard *guard) {
    return __atomic_exchange_n(&guard->armed, 0, __ATOMIC_SEQ_CST) != 0;
}

static inline bool cn_guard_has_crashed(const cn_guard *guard) {
    return __atomic_load_n(&guard->crashed, __ATOMIC_SEQ_CST) != 0;
}

/// Sets what to send to the terminal on restoring; what is too long is left out.
static inline void cn_guard_set_bytes(cn_guard *guard, const uint8_t *bytes, int count) {
    guard->byte_count = count > (int)sizeof guard->bytes ? (int)sizeof guard->bytes : count;
    memcpy(guard->bytes, bytes, (size_t)guard->byte_count);
}

#endif
