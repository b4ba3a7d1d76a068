#include "CBenchmarkSupport.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

intptr_t cbs_opaque(intptr_t value) { return value; }

static atomic_bool counting;
static atomic_uint_fast64_t allocations;

void cbs_start_counting(void) {
    atomic_store(&allocations, 0);
    atomic_store(&counting, true);
}

uint64_t cbs_stop_counting(void) {
    atomic_store(&counting, false);
    return atomic_load(&allocations);
}

#if defined(__GLIBC__)

// The program's own malloc takes the place of glibc's for every library that it loads, the Swift runtime included. Memory
// still comes from glibc, so its free fits.

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// While nothing is counted this is one read of a variable that nobody writes, so that times stay what they are.
static void count(void) {
    if (atomic_load_explicit(&counting, memory_order_relaxed))
        atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

bool cbs_can_count(void) { return true; }

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    count();
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    count();
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

#else

bool cbs_can_count(void) { return false; }

#endif
