// limit.h - multiply-adds in registers alone: what no kernel can be faster than.
//
// Twelve sums that do not wait for each other hide the four cycles that each takes, with two to a cycle.

#define SUMS 12

static double multiply_adds(size_t rounds, float *result) {
    vector sums[SUMS];
    UNROLL for (int i = 0; i < SUMS; i++) sums[i] = broadcast((float)i);
    vector factor = broadcast(0.5f), term = broadcast(1.0f);
    for (size_t round = 0; round < rounds; round++) {
        UNROLL for (int i = 0; i < SUMS; i++) sums[i] = sums[i] * factor + term;
        // Keeps the compiler from working it out.
        __asm__ volatile("" : "+m"(*result));
    }
    vector sum = sums[0];
    UNROLL for (int i = 1; i < SUMS; i++) sum += sums[i];
    *result = sum[0];
    return 2.0 * SUMS * LANES * (double)rounds;
}
