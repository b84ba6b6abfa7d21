// baseline.c - 4 floats at a time: what every processor has (SSE2; NEON with its 32 registers on arm64).
#include "CKernelsSets.h"
#include "../sweep.h"
#include "../tiling.h"

#include <string.h>

#define SET cairn_kernels_baseline
#define SET_NAME "baseline"
#define LANES 4
#if defined(__aarch64__)
#define PAIR_ROWS 10
#else
#define PAIR_ROWS 6
#endif

#include "../Bodies/all.h"
