// Tells the thread sanitizer what a contended Mutex orders.
//
// Mutex's fast path is compiled into its users and so is seen by the sanitizer; the slow one is in the runtime's library,
// which isn't, and everything that is guarded by a contended lock would be reported as a race. These two stand in front of the
// library's functions and do nothing else.

#if defined(__linux__) && defined(__has_feature)
#if __has_feature(thread_sanitizer)

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

typedef __attribute__((swiftcall)) void lock_function(uint32_t thread, __attribute__((swift_context)) void *mutex);
typedef __attribute__((swiftcall)) void unlock_function(__attribute__((swift_context)) void *mutex);

__attribute__((swiftcall)) void cts_lock_slow(uint32_t thread, __attribute__((swift_context)) void *mutex) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void cts_unlock_slow(__attribute__((swift_context)) void *mutex) __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void cts_lock_slow(uint32_t thread, __attribute__((swift_context)) void *mutex) {
    lock_function *next = (lock_function *)dlsym(RTLD_NEXT, LOCK_SLOW);
    if (next == NULL) abort();
    next(thread, mutex);
    __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void cts_unlock_slow(__attribute__((swift_context)) void *mutex) {
    unlock_function *next = (unlock_function *)dlsym(RTLD_NEXT, UNLOCK_SLOW);
    if (next == NULL) abort();
    __tsan_release(mutex);
    next(mutex);
}

#endif
#endif
