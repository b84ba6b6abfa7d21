// CKernelsSets.h - the kernels of one instruction set, as a table: what dispatch.c chooses from. Tests and
// comparisons call a set through its table, because choosing another one would change it under every thread.
//
// `KERNELS(entry)` lists each public function of CKernels.h that has a body in Bodies/. From the list come the
// table's type, each set's table, and the public functions.
#ifndef CAIRN_KERNELS_SETS_H
#define CAIRN_KERNELS_SETS_H

#include "CKernels.h"

/// entry(result, name, (parameters), (arguments))
#define KERNELS(entry)                                                                                              \
    entry(void, convolution_pack_forward, (const cairn_convolution *g, const float *weight, float *packed),         \
          (g, weight, packed))                                                                                      \
    entry(void, convolution_pack_backward, (const cairn_convolution *g, const float *weight, float *packed),        \
          (g, weight, packed))                                                                                      \
    entry(void, convolution_forward,                                                                                \
          (const cairn_convolution *g, size_t images, const float *x, const float *packed, const float *bias,       \
           bool relu, float *y, float *scratch),                                                                    \
          (g, images, x, packed, bias, relu, y, scratch))                                                           \
    entry(void, convolution_backward_input,                                                                         \
          (const cairn_convolution *g, size_t images, const float *dy, const float *packed, float *dx,              \
           float *scratch),                                                                                         \
          (g, images, dy, packed, dx, scratch))                                                                     \
    entry(void, convolution_backward_weight,                                                                        \
          (const cairn_convolution *g, size_t images, const float *x, const float *dy, float *dweight,              \
           float *dbias, float *scratch),                                                                           \
          (g, images, x, dy, dweight, dbias, scratch))                                                              \
    entry(void, depthwise_forward,                                                                                  \
          (const cairn_convolution *g, size_t images, const float *x, const float *weight, const float *bias,       \
           bool relu, float *y),                                                                                    \
          (g, images, x, weight, bias, relu, y))                                                                    \
    entry(void, depthwise_backward_input,                                                                           \
          (const cairn_convolution *g, size_t images, const float *dy, const float *weight, float *dx),             \
          (g, images, dy, weight, dx))                                                                              \
    entry(void, depthwise_backward_weight,                                                                          \
          (const cairn_convolution *g, size_t images, const float *x, const float *dy, float *dweight,              \
           float *dbias),                                                                                           \
          (g, images, x, dy, dweight, dbias))                                                                       \
    entry(void, maxpool_forward,                                                                                    \
          (const cairn_pooling *g, size_t images, const float *x, float *y, uint8_t *winner),                       \
          (g, images, x, y, winner))                                                                                \
    entry(void, maxpool_backward,                                                                                   \
          (const cairn_pooling *g, size_t images, const float *dy, const uint8_t *winner, float *dx),               \
          (g, images, dy, winner, dx))                                                                              \
    entry(void, avgpool_forward, (const cairn_pooling *g, size_t images, const float *x, float *y),                 \
          (g, images, x, y))                                                                                        \
    entry(void, avgpool_backward, (const cairn_pooling *g, size_t images, const float *dy, float *dx),              \
          (g, images, dy, dx))                                                                                      \
    entry(void, rectified_pooling_forward,                                                                          \
          (const cairn_rectified_pooling *g, size_t images, const float *x, const float *scale,                     \
           const float *shift, uint64_t key, uint64_t first, float *y, uint8_t *winner),                            \
          (g, images, x, scale, shift, key, first, y, winner))                                                      \
    entry(void, rectified_pooling_backward,                                                                         \
          (const cairn_rectified_pooling *g, size_t images, const float *dy, const uint8_t *winner, float *dx),     \
          (g, images, dy, winner, dx))                                                                              \
    entry(void, rectified_pooling_gradient_sums,                                                                    \
          (const cairn_rectified_pooling *g, size_t images, const float *x, const float *dy,                        \
           const uint8_t *winner, const float *mean, double *sum, double *product_sum),                             \
          (g, images, x, dy, winner, mean, sum, product_sum))                                                       \
    entry(void, rectified_pooling_affine2,                                                                          \
          (const cairn_rectified_pooling *g, size_t images, const float *dy, const uint8_t *winner,                 \
           const float *x, const float *a, const float *b, const float *d, float *dx),                              \
          (g, images, dy, winner, x, a, b, d, dx))                                                                  \
    entry(double, multiply_adds, (size_t rounds, float *result), (rounds, result))                                    \
    entry(void, channel_moments,                                                                                    \
          (size_t rows, size_t channels, const float *x, const float *center, double *sum, double *square_sum),     \
          (rows, channels, x, center, sum, square_sum))                                                             \
    entry(void, channel_gradient_sums,                                                                              \
          (size_t rows, size_t channels, const float *x, const float *dy, const float *mean, double *sum,           \
           double *product_sum),                                                                                    \
          (rows, channels, x, dy, mean, sum, product_sum))                                                          \
    entry(void, channel_affine,                                                                                     \
          (size_t rows, size_t channels, const float *x, const float *scale, const float *shift, float *y),         \
          (rows, channels, x, scale, shift, y))                                                                     \
    entry(void, channel_affine_relu,                                                                                \
          (size_t rows, size_t channels, const float *x, const float *scale, const float *shift, float *y),         \
          (rows, channels, x, scale, shift, y))                                                                     \
    entry(void, channel_affine_add_relu,                                                                            \
          (size_t rows, size_t channels, const float *x, const float *scale, const float *shift,                    \
           const float *added, float *y),                                                                           \
          (rows, channels, x, scale, shift, added, y))                                                              \
    entry(void, channel_gradient_sums_relu,                                                                         \
          (size_t rows, size_t channels, const float *x, const float *y, const float *dy, const float *mean,        \
           double *sum, double *product_sum),                                                                       \
          (rows, channels, x, y, dy, mean, sum, product_sum))                                                       \
    entry(void, channel_affine2_relu,                                                                               \
          (size_t rows, size_t channels, const float *dy, const float *y, const float *x, const float *a,           \
           const float *b, const float *d, float *dx),                                                              \
          (rows, channels, dy, y, x, a, b, d, dx))                                                                  \
    entry(void, channel_affine2,                                                                                    \
          (size_t rows, size_t channels, const float *dy, const float *x, const float *a, const float *b,           \
           const float *d, float *dx),                                                                              \
          (rows, channels, dy, x, a, b, d, dx))                                                                     \
    entry(void, channel_add_bias, (size_t rows, size_t channels, float *x, const float *bias, bool relu),           \
          (rows, channels, x, bias, relu))                                                                          \
    entry(void, channel_sums, (size_t rows, size_t channels, const float *x, float *sum),                           \
          (rows, channels, x, sum))                                                                                 \
    entry(void, relu_forward, (size_t count, const float *x, float *y), (count, x, y))                              \
    entry(void, relu_backward, (size_t count, const float *y, const float *dy, float *dx), (count, y, dy, dx))      \
    entry(void, add_relu, (size_t count, const float *a, const float *b, float *y), (count, a, b, y))               \
    entry(void, dropout,                                                                                            \
          (size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y),                \
          (count, x, probability, key, first, y))                                                                   \
    entry(void, scale_add, (size_t count, float a, const float *x, float b, float *y), (count, a, x, b, y))         \
    entry(void, scale, (size_t count, float a, float *y), (count, a, y))                                            \
    entry(void, adam,                                                                                               \
          (size_t count, float *gradient, float *m, float *v, float beta1, float beta2, float correction1,          \
           float correction2, float epsilon),                                                                       \
          (count, gradient, m, v, beta1, beta2, correction1, correction2, epsilon))                                 \
    entry(double, sum_of_squares, (size_t count, const float *x), (count, x))                                       \
    entry(void, summarize, (size_t count, const float *x, cairn_summary *summary), (count, x, summary))             \
    entry(size_t, first_nonfinite, (size_t count, const float *x), (count, x))                                      \
    entry(void, transpose, (size_t rows, size_t columns, const float *x, float *y), (rows, columns, x, y))          \
    entry(void, bytes_to_floats,                                                                                    \
          (size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift, float *y),       \
          (rows, channels, x, scale, shift, y))                                                                     \
    entry(double, cross_entropy,                                                                                    \
          (const cairn_loss_rows *rows, const float *class_weights, float smoothing, int64_t *correct),             \
          (rows, class_weights, smoothing, correct))                                                                \
    entry(double, label_weight, (size_t rows, const int32_t *labels, const float *class_weights),                   \
          (rows, labels, class_weights))

typedef struct cairn_kernels {
    const char *name;
#define FIELD(result, name, parameters, arguments) result(*name) parameters;
    KERNELS(FIELD)
#undef FIELD
} cairn_kernels;

/// The table behind `cairn_instruction_set_name(index)`; index within the count.
const cairn_kernels *cairn_instruction_set_kernels(int index);

#endif
