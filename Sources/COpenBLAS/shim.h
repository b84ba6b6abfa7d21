// OpenBLAS (apt: libopenblas-dev): matrix products for dense layers, and LAPACK's QR decomposition, which it contains
// but has no header for.
#include <cblas.h>

/// A = QR of an m x n matrix, column by column: R in the upper triangle, Q as n reflections below and in `factors`.
void sgeqrf_(const blasint *m, const blasint *n, float *a, const blasint *stride, float *factors, float *room,
             const blasint *room_size, blasint *info);
/// The first n columns of Q from its k reflections.
void sorgqr_(const blasint *m, const blasint *n, const blasint *k, float *a, const blasint *stride,
             const float *factors, float *room, const blasint *room_size, blasint *info);
