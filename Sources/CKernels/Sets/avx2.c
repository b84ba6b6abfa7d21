// avx2.c - 16 registers of 8 floats: 6x2 sums, 2 columns and an element fit without spilling.
#if defined(__x86_64__)
#include "CKernelsSets.h"
#include "../sweep.h"
#include "../tiling.h"

#include <string.h>

#define SET cairn_kernels_avx2
#define SET_NAME "AVX2"
#define LANES 8
#define PAIR_ROWS 6

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "../Bodies/all.h"
#pragma clang attribute pop
#endif
