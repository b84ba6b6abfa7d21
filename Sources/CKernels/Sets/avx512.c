// avx512.c - 32 registers of 16 floats.
#if defined(__x86_64__)
#include "CKernelsSets.h"
#include "../sweep.h"
#include "../tiling.h"

#include <string.h>

#define SET cairn_kernels_avx512
#define SET_NAME "AVX-512"
#define LANES 16
#define PAIR_ROWS 10

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#include "../Bodies/all.h"
#pragma clang attribute pop
#endif
