#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int cpt_open(int *primary, int *secondary, unsigned short rows, unsigned short columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    *primary = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*primary < 0 || grantpt(*primary) != 0 || unlockpt(*primary) != 0) return errno;
    const char *name = ptsname(*primary);
    if (name == NULL) return errno;
    *secondary = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*secondary < 0 || ioctl(*secondary, TIOCSWINSZ, &size) != 0) return errno;
    return 0;
}
