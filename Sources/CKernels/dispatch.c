// dispatch.c - chooses the instruction set when the program starts, and forwards each public function to it.
//
// The best set the processor has is taken. The environment variable CAIRN_INSTRUCTIONS, "avx512", "avx2" or
// "baseline", makes it start with a lesser one: to compare, or to rule a set out when a result is in doubt.
#include "CKernelsSets.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
extern const cairn_kernels cairn_kernels_avx512, cairn_kernels_avx2;
#endif
extern const cairn_kernels cairn_kernels_baseline;

static const cairn_kernels *available[3];
static int available_count, selected;

/// "AVX-512" is asked for as "avx512".
static bool is_called(const char *name, const char *wanted) {
    for (; *name; name++) {
        if (*name == '-') continue;
        char lower = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        if (lower != *wanted++) return false;
    }
    return *wanted == '\0';
}

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
                   && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    if (has_avx512) available[available_count++] = &cairn_kernels_avx512;
    if (has_avx2) available[available_count++] = &cairn_kernels_avx2;
#endif
    available[available_count++] = &cairn_kernels_baseline;

    const char *wanted = getenv("CAIRN_INSTRUCTIONS");
    for (int i = 0; wanted && i < available_count; i++)
        if (is_called(available[i]->name, wanted)) selected = i;
}

int cairn_instruction_set_count(void) { return available_count; }

const char *cairn_instruction_set_name(int index) {
    return index >= 0 && index < available_count ? available[index]->name : "";
}

void cairn_instruction_set_select(int index) {
    if (index >= 0 && index < available_count) selected = index;
}

const cairn_kernels *cairn_instruction_set_kernels(int index) { return available[index]; }

int cairn_instruction_set_selected(void) { return selected; }

#define FORWARD(result, name, parameters, arguments)                                                                \
    result cairn_##name parameters { return available[selected]->name arguments; }
KERNELS(FORWARD)
