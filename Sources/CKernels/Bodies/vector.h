// vector.h - the vectors of one instruction set, by the compiler's vector extensions; no intrinsics.
//
// The including file (Sets/*.c) has defined LANES. Vectors are loaded and stored at any address, and in part.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef float vector __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t int_vector __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef double double_vector __attribute__((vector_size(LANES * sizeof(double)))); // two or more registers
typedef uint8_t byte_vector __attribute__((vector_size(LANES)));
typedef vector unaligned_vector __attribute__((aligned(4)));

#define INLINE static inline __attribute__((always_inline))
/// Before a loop of constant length over registers.
#define UNROLL _Pragma("clang loop unroll(full)")
/// Before a plain loop whose output is another array or, element for element, one of the inputs.
#define VECTORIZE _Pragma("clang loop vectorize(assume_safety) interleave(assume_safety)")

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t larger(size_t a, size_t b) { return a > b ? a : b; }
INLINE size_t round_up(size_t count, size_t step) { return (count + step - 1) / step * step; }

/// Before a loop over the lanes that exist: it becomes one masked load or store.
#define MASK _Pragma("clang loop vectorize(assume_safety) vectorize_width(LANES) interleave_count(1) unroll(disable)")

/// The first `count` lanes from memory (LANES at most), the others 0.
INLINE vector load(const float *from, size_t count) {
    if (count >= LANES) return *(const unaligned_vector *)from;
    vector result;
    float lanes[LANES];
    MASK for (int32_t i = 0; i < LANES; i++) lanes[i] = i < (int32_t)count ? from[i] : 0;
    memcpy(&result, lanes, sizeof result);
    return result;
}

/// The first `count` lanes to memory (LANES at most).
INLINE void store(float *to, vector value, size_t count) {
    if (count >= LANES) {
        *(unaligned_vector *)to = value;
        return;
    }
    float lanes[LANES];
    memcpy(lanes, &value, sizeof value);
    MASK for (int32_t i = 0; i < LANES; i++) {
        if (i < (int32_t)count) to[i] = lanes[i];
    }
}

/// The first `count` bytes, each as a lane.
INLINE int_vector load_bytes(const uint8_t *from, size_t count) {
    byte_vector bytes = {0};
    if (count >= LANES) {
        memcpy(&bytes, from, LANES); // a constant: no call
    } else {
        memcpy(&bytes, from, count);
    }
    return __builtin_convertvector(bytes, int_vector);
}

INLINE void store_bytes(uint8_t *to, int_vector value, size_t count) {
    byte_vector bytes = __builtin_convertvector(value, byte_vector);
    if (count >= LANES) {
        memcpy(to, &bytes, LANES);
    } else {
        memcpy(to, &bytes, count);
    }
}

INLINE vector broadcast(float value) { return value - (vector){0}; }

/// `a` where the mask is set, else `b`.
INLINE vector select(int_vector mask, vector a, vector b) {
    return (vector)((mask & (int_vector)a) | (~mask & (int_vector)b));
}

/// max(value, 0), but NaN stays NaN.
INLINE vector rectified(vector value) { return (vector)((int_vector)value & ~(value < 0)); }
