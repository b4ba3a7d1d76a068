#ifndef C_BENCHMARK_SUPPORT_H
#define C_BENCHMARK_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>

/// A call that no optimiser sees through: what is to be protected, and what keeps a result from being thrown away.
intptr_t cbs_opaque(intptr_t value);

/// Starts to count the allocations of all threads, from zero.
void cbs_start_counting(void);

/// Stops counting, and returns the allocations since the start.
uint64_t cbs_stop_counting(void);

/// Whether allocations can be counted here.
bool cbs_can_count(void);

#endif
