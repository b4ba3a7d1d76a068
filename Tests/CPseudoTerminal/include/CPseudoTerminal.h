#ifndef C_PSEUDO_TERMINAL_H
#define C_PSEUDO_TERMINAL_H

/// Opens both ends of a new pseudo-terminal of the given size; Swift doesn't see the functions that do it on Linux.
///
/// Returns 0, or the error number.
int cpt_open(int *primary, int *secondary, unsigned short rows, unsigned short columns);

#endif
