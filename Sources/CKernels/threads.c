// threads.c - a pool of threads for many short pieces of work, about a hundred per training step.
//
// How to read it: `state` says whether a run is open and how many workers are inside it. A worker enters an open
// run by adding one to that number, takes items from the counter `next` until none is left, and leaves. The
// caller takes items too, then closes the run and waits for the workers still inside: never for one that is
// asleep or was given no core, so that threads beyond the number of cores, and items fewer than threads, cost
// little. The fields of a run are written only while it is closed and empty.
//
// Whoever waits first spins for a short while (waking a thread costs as much as a small layer), then sleeps on a
// condition variable. A sleeper says so in a counter before it looks at `state` for the last time, and the other
// side changes `state` before it looks at the counter; both are sequentially consistent, so no wake-up is lost.
#include "CKernels.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/// `state`: number of the run, one bit for open, number of workers inside.
enum { inside_mask = 0xffff, open_bit = 0x10000, run_step = 0x20000 };
static const long spin_nanoseconds = 50000;

typedef struct worker {
    struct cairn_pool *pool;
    int index;
    pthread_t id;
} worker;

struct cairn_pool {
    int threads, started;
    bool spins; // pointless when threads outnumber cores: a spinning one keeps another from its work
    worker *workers;

    size_t count;
    void *context;
    void (*body)(void *context, size_t item, int thread);

    // Each on its own cache line: all threads hammer on them.
    _Alignas(64) atomic_uint state;
    _Alignas(64) atomic_size_t next;
    _Alignas(64) atomic_int sleeping_workers;
    atomic_bool sleeping_caller;
    atomic_bool stopping;

    pthread_mutex_t mutex;
    pthread_cond_t opened, emptied;
};

static inline void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb"); // `yield` is a no-op on most cores
#endif
}

static bool is_closed_and_empty(unsigned state) { return (state & (open_bit | inside_mask)) == 0; }

static bool is_new_run(unsigned state, unsigned last_run) {
    return (state & open_bit) && state / run_step != last_run;
}

// What the two sides wait for.
static bool has_work_or_stops(cairn_pool *pool, unsigned last_run) {
    return is_new_run(atomic_load(&pool->state), last_run) || atomic_load(&pool->stopping);
}
static bool has_finished(cairn_pool *pool, unsigned run) {
    (void)run;
    return is_closed_and_empty(atomic_load(&pool->state));
}

/// Spins until the condition holds or the time is up; tells which.
static bool spin_until(bool (*condition)(cairn_pool *pool, unsigned run), cairn_pool *pool, unsigned run) {
    if (condition(pool, run)) return true;
    if (!pool->spins) return false;
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        for (int i = 0; i < 16; i++) { // looking at the clock costs as much as a few rounds
            relax();
            if (condition(pool, run)) return true;
        }
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec < spin_nanoseconds);
    return false;
}

static void take_items(cairn_pool *pool, int thread) {
    size_t count = pool->count;
    for (;;) {
        size_t item = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
        if (item >= count) return;
        pool->body(pool->context, item, thread);
    }
}

static void wait_for_run(cairn_pool *pool, unsigned last_run) {
    if (spin_until(has_work_or_stops, pool, last_run)) return;
    pthread_mutex_lock(&pool->mutex);
    atomic_fetch_add(&pool->sleeping_workers, 1);
    while (!has_work_or_stops(pool, last_run)) pthread_cond_wait(&pool->opened, &pool->mutex);
    atomic_fetch_sub(&pool->sleeping_workers, 1);
    pthread_mutex_unlock(&pool->mutex);
}

static void *work(void *argument) {
    worker *self = argument;
    cairn_pool *pool = self->pool;
    unsigned last_run = 0;
    while (!atomic_load(&pool->stopping)) {
        unsigned state = atomic_load(&pool->state);
        if (!is_new_run(state, last_run)) {
            wait_for_run(pool, last_run);
            continue;
        }
        if (!atomic_compare_exchange_weak(&pool->state, &state, state + 1)) continue;
        last_run = state / run_step;
        take_items(pool, self->index);
        unsigned left = atomic_fetch_sub(&pool->state, 1) - 1;
        if (is_closed_and_empty(left) && atomic_load(&pool->sleeping_caller)) {
            pthread_mutex_lock(&pool->mutex);
            pthread_cond_signal(&pool->emptied);
            pthread_mutex_unlock(&pool->mutex);
        }
    }
    return NULL;
}

cairn_pool *cairn_pool_create(int threads) {
    if (threads < 1 || threads > inside_mask) return NULL;
    cairn_pool *pool = NULL;
    if (posix_memalign((void **)&pool, 64, sizeof *pool)) return NULL;
    *pool = (cairn_pool){.threads = threads, .spins = threads <= sysconf(_SC_NPROCESSORS_ONLN)};
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->opened, NULL);
    pthread_cond_init(&pool->emptied, NULL);
    pool->workers = calloc((size_t)threads, sizeof *pool->workers);

    // Signals such as Ctrl-C belong to the thread that reads the keyboard.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (int i = 1; pool->workers && i < threads; i++) {
        worker *worker = &pool->workers[i];
        worker->pool = pool;
        worker->index = i;
        if (pthread_create(&worker->id, NULL, work, worker)) break;
        pool->started++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pool->workers && pool->started == threads - 1) return pool;
    cairn_pool_destroy(pool);
    return NULL;
}

void cairn_pool_destroy(cairn_pool *pool) {
    pthread_mutex_lock(&pool->mutex);
    atomic_store(&pool->stopping, true);
    pthread_cond_broadcast(&pool->opened);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 1; i <= pool->started; i++) pthread_join(pool->workers[i].id, NULL);
    pthread_cond_destroy(&pool->opened);
    pthread_cond_destroy(&pool->emptied);
    pthread_mutex_destroy(&pool->mutex);
    free(pool->workers);
    free(pool);
}

int cairn_pool_threads(const cairn_pool *pool) { return pool->threads; }

void cairn_pool_run(cairn_pool *pool, size_t count, void *context,
                    void (*body)(void *context, size_t item, int thread)) {
    if (pool->threads == 1 || count <= 1) {
        for (size_t item = 0; item < count; item++) body(context, item, 0);
        return;
    }
    pool->count = count;
    pool->context = context;
    pool->body = body;
    atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
    unsigned run = atomic_load(&pool->state) / run_step + 1;
    atomic_store(&pool->state, run * run_step | open_bit);
    if (atomic_load(&pool->sleeping_workers) > 0) {
        pthread_mutex_lock(&pool->mutex);
        pthread_cond_broadcast(&pool->opened);
        pthread_mutex_unlock(&pool->mutex);
    }

    take_items(pool, 0);

    atomic_fetch_and(&pool->state, ~(unsigned)open_bit);
    if (spin_until(has_finished, pool, run)) return;
    pthread_mutex_lock(&pool->mutex);
    atomic_store(&pool->sleeping_caller, true);
    while (!has_finished(pool, run)) pthread_cond_wait(&pool->emptied, &pool->mutex);
    atomic_store(&pool->sleeping_caller, false);
    pthread_mutex_unlock(&pool->mutex);
}
