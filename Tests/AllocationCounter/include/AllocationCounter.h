// AllocationCounter.h - counts what threads take from the heap.
//
// The C library's allocation functions, defined once more in the program that links this: every call goes through
// them, Swift's included. Only threads that ask to be watched are counted, because tests run beside each other.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stddef.h>

/// Whether allocations can be counted: not with a sanitizer, which has such functions of its own.
bool allocation_counter_works(void);
/// Begins or ends to count the calling thread's allocations.
void allocation_counter_watch(bool watched);
/// Allocations of all watched threads since the program began.
size_t allocation_counter_total(void);

#endif
