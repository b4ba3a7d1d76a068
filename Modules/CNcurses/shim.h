// What Swift can't import from ncurses and libc: macros, variadic functions and mutable globals, wrapped one by one.
// Only stateless functions: each object file that uses one gets its own copy.
#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H

// SwiftPM drops the flags of pkg-config that would declare the wide-character functions.
#define NCURSES_WIDECHAR 1
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif

#include <curses.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

// Last, because it defines hundreds of macros with everyday names.
#include <term.h>

#include "guard.h"
#undef columns
#undef lines
#undef buttons
#undef tab

// MARK: Screen

/// What the driver keeps of an open screen.
typedef struct {
    void *screen;
    void *input;
    void *output;
} cn_screen;

/// Frees a screen that was ended.
static inline void cn_free_screen(cn_screen screen) {
    if (screen.screen != NULL) delscreen((SCREEN *)screen.screen);
    if (screen.input != NULL) fclose((FILE *)screen.input);
    if (screen.output != NULL) fclose((FILE *)screen.output);
}

/// Opens a screen on copies of two descriptors; a null screen on failure. The environment's LINES and COLUMNS, which
/// would disable resizing, are not looked at.
static inline cn_screen cn_open_screen(int input, int output) {
    cn_screen result = { NULL, NULL, NULL };
    result.input = fdopen(fcntl(input, F_DUPFD_CLOEXEC, 3), "r");
    result.output = fdopen(fcntl(output, F_DUPFD_CLOEXEC, 3), "w");
    if (result.input != NULL && result.output != NULL) {
        use_env(FALSE);
        use_tioctl(TRUE);
        result.screen = newterm(NULL, (FILE *)result.output, (FILE *)result.input);
    }
    if (result.screen == NULL) {
        cn_free_screen(result);
        return (cn_screen){ NULL, NULL, NULL };
    }
    set_term((SCREEN *)result.screen);
    return result;
}

/// Raw input without echo, and no look at the input while painting.
static inline void cn_configure(void) {
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    typeahead(-1);
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, FALSE);
}

/// Leaves the screen as it was before.
static inline void cn_end_screen(void) { endwin(); }

/// Enters the screen again after cn_end_screen; everything is drawn again.
static inline void cn_reset_screen(void) {
    reset_prog_mode();
    clearok(curscr, TRUE);
}

static inline int cn_lines(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }

/// Takes over a new size; everything is drawn again.
static inline void cn_resize(int lines, int columns) {
    resize_term(lines, columns);
    clearok(curscr, TRUE);
}

// MARK: Painting

/// Fills a cell with up to CCHARW_MAX scalars.
static inline void cn_set_cell(cchar_t *cell, const uint32_t *scalars, int count, attr_t attributes, short pair) {
    wchar_t text[CCHARW_MAX + 1] = { 0 };
    for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
    setcchar(cell, text, attributes, pair, NULL);
}

/// Puts cells from the start of a row; no cursor movement, no wrapping, no meaning for any character.
static inline void cn_put_row(int row, const cchar_t *cells, int count) {
    mvwadd_wchnstr(stdscr, row, 0, cells, count);
}

/// Sends what changed, with the cursor at a place, or hidden for a negative row.
static inline void cn_flush(int row, int column) {
    curs_set(row < 0 ? 0 : 1);
    if (row >= 0) wmove(stdscr, row, column);
    wnoutrefresh(stdscr);
    doupdate();
}

static inline attr_t cn_bold(void) { return A_BOLD; }
static inline attr_t cn_reverse(void) { return A_REVERSE; }
static inline attr_t cn_underline(void) { return A_UNDERLINE; }
static inline attr_t cn_dim(void) { return A_DIM; }

/// Columns of a character in the locale; -1 when it can't be printed.
static inline int cn_width(uint32_t scalar) {
    return iswprint((wint_t)scalar) ? wcwidth((wchar_t)scalar) : -1;
}

// MARK: Colours

/// Turns colours on and returns how many there are; 0 for none.
static inline int cn_start_color(void) {
    if (!has_colors() || start_color() == ERR) return 0;
    use_default_colors();
    return COLORS;
}

static inline int cn_color_pairs(void) { return COLOR_PAIRS; }

// MARK: Terminal description

/// Loads the description of a terminal: 1 found, 0 unknown, -1 no database.
static inline int cn_load_terminal(const char *name) {
    int status = -1;
    if (setupterm(name, STDOUT_FILENO, &status) == OK) return 1;
    return status;
}

/// Frees the description that cn_load_terminal loaded.
static inline void cn_unload_terminal(void) {
    if (cur_term != NULL) del_curterm(cur_term);
}

/// A string capability; null when the terminal lacks it.
static inline const char *cn_capability(const char *name) {
    char *value = tigetstr(name);
    return value == NULL || value == (char *)-1 ? NULL : value;
}

// MARK: libc

/// Adopts the environment's character set, and returns whether it is UTF-8.
static inline bool cn_adopt_locale(void) {
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/// The size the kernel knows for a terminal; false when it doesn't.
static inline bool cn_window_size(int descriptor, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

/// Makes a file that has no name and is appended to; -1 when that fails.
static inline int cn_temporary_file(void) {
    const char *folder = getenv("TMPDIR");
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/evenkeel-XXXXXX", folder != NULL && *folder ? folder : "/tmp");
    if (length < 0 || length >= (int)sizeof path) return -1;
    int file = mkstemp(path);
    if (file < 0) return -1;
    unlink(path);
    fcntl(file, F_SETFD, FD_CLOEXEC);
    fcntl(file, F_SETFL, O_APPEND | O_RDWR);
    return file;
}

/// Makes a pipe that never blocks and is closed on exec.
static inline int cn_pipe(int ends[2]) {
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        int flags = fcntl(ends[i], F_GETFL);
        if (flags < 0 || fcntl(ends[i], F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(ends[i], F_SETFD, FD_CLOEXEC) < 0) {
            close(ends[0]);
            close(ends[1]);
            return -1;
        }
    }
    return 0;
}

/// The error of the last call; the macro is a function in disguise.
static inline int cn_errno(void) { return errno; }

// Named apart, so that Swift methods may be called read and close.
static inline ssize_t cn_read(int descriptor, void *buffer, size_t size) { return read(descriptor, buffer, size); }
static inline int cn_close(int descriptor) { return close(descriptor); }

/// Duplicates a descriptor, closed on exec.
static inline int cn_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

/// Waits until a descriptor can be read, a signal comes or the time is over; a negative descriptor is left out.
/// Returns bits: 1 first readable, 2 second readable, 4 first is gone. Milliseconds below 0 wait for ever.
static inline int cn_wait(int first, int second, int milliseconds) {
    struct pollfd set[2] = { { first, POLLIN, 0 }, { second, POLLIN, 0 } };
    if (poll(set, 2, milliseconds) <= 0) return 0;
    return ((set[0].revents & POLLIN) ? 1 : 0) | ((set[1].revents & POLLIN) ? 2 : 0)
        | ((set[0].revents & (POLLHUP | POLLERR | POLLNVAL)) ? 4 : 0);
}

/// Starts a thread; the type of its handle differs between systems and nobody needs it.
static inline int cn_start_thread(const pthread_attr_t *attributes, void *context, void *(*body)(void *)) {
    pthread_t thread;
    return pthread_create(&thread, attributes, body, context);
}

/// Names the calling thread for debuggers and crash reports; at most 15 characters.
static inline void cn_name_thread(const char *name) {
#ifdef __APPLE__
    pthread_setname_np(name);
#else
    pthread_setname_np(pthread_self(), name);
#endif
}

/// Gives the thread a stack of its own for signal handlers, so that a stack overflow can be handled; null takes it away.
static inline void cn_use_signal_stack(void *memory, size_t size) {
    stack_t stack = { .ss_sp = memory, .ss_size = size, .ss_flags = memory == NULL ? SS_DISABLE : 0 };
    sigaltstack(&stack, NULL);
}

#endif
