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
    entry(void, global_maxpool_forward,                                                                             \
          (size_t images, size_t pixels, size_t channels, const float *x, float *y, int32_t *winner),               \
          (images, pixels, channels, x, y, winner))                                                                 \
    entry(void, global_maxpool_backward,                                                                            \
          (size_t images, size_t pixels, size_t channels, const float *dy, const int32_t *winner, float *dx),       \
          (images, pixels, channels, dy, winner, dx))                                                               \
    entry(void, adaptive_avgpool_forward,                                                                           \
          (const cairn_resizing *g, size_t images, const float *x, float *y),                                       \
          (g, images, x, y))                                                                                        \
    entry(void, adaptive_avgpool_backward,                                                                          \
          (const cairn_resizing *g, size_t images, const float *dy, float *dx),                                     \
          (g, images, dy, dx))                                                                                      \
    entry(void, nearest_forward,                                                                                    \
          (const cairn_resizing *g, size_t images, const float *x, float *y),                                       \
          (g, images, x, y))                                                                                        \
    entry(void, nearest_backward,                                                                                   \
          (const cairn_resizing *g, size_t images, const float *dy, float *dx),                                     \
          (g, images, dy, dx))                                                                                      \
    entry(void, bilinear_forward,                                                                                   \
          (const cairn_resizing *g, size_t images, const float *x, float *y),                                       \
          (g, images, x, y))                                                                                        \
    entry(void, bilinear_backward,                                                                                  \
          (const cairn_resizing *g, size_t images, const float *dy, float *dx),                                     \
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
    entry(void, prelu_forward,                                                                                      \
          (size_t rows, size_t channels, const float *x, const float *slope, float *y),                             \
          (rows, channels, x, slope, y))                                                                            \
    entry(void, prelu_backward,                                                                                     \
          (size_t rows, size_t channels, const float *x, const float *dy, const float *slope, float *dx),           \
          (rows, channels, x, dy, slope, dx))                                                                       \
    entry(void, prelu_slope_gradient,                                                                               \
          (size_t rows, size_t channels, const float *x, const float *dy, float *dslope),                           \
          (rows, channels, x, dy, dslope))                                                                          \
    entry(void, softmax_forward, (size_t rows, size_t channels, const float *x, float *y), (rows, channels, x, y))  \
    entry(void, softmax_backward,                                                                                   \
          (size_t rows, size_t channels, const float *y, const float *dy, float *dx),                               \
          (rows, channels, y, dy, dx))                                                                              \
    entry(void, layernorm_forward,                                                                                  \
          (size_t rows, size_t channels, const float *x, const float *weight, const float *bias, float epsilon,     \
           float *y),                                                                                               \
          (rows, channels, x, weight, bias, epsilon, y))                                                            \
    entry(void, layernorm_backward,                                                                                 \
          (size_t rows, size_t channels, const float *x, const float *dy, const float *weight, float epsilon,       \
           float *dweight, float *dbias, float *dx),                                                                \
          (rows, channels, x, dy, weight, epsilon, dweight, dbias, dx))                                             \
    entry(void, activation_forward, (cairn_activation f, size_t count, const float *x, float *y), (f, count, x, y)) \
    entry(void, activation_backward,                                                                                \
          (cairn_activation f, size_t count, const float *x, const float *y, const float *dy, float *dx),           \
          (f, count, x, y, dy, dx))                                                                                 \
    entry(void, relu_forward, (size_t count, const float *x, float *y), (count, x, y))                              \
    entry(void, relu_backward, (size_t count, const float *y, const float *dy, float *dx), (count, y, dy, dx))      \
    entry(void, add_relu, (size_t count, const float *a, const float *b, float *y), (count, a, b, y))               \
    entry(void, dropout,                                                                                            \
          (size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y),                \
          (count, x, probability, key, first, y))                                                                   \
    entry(void, spatial_dropout,                                                                                    \
          (size_t images, size_t pixels, size_t channels, const float *x, float probability, uint64_t key,          \
           uint64_t first, float *y),                                                                               \
          (images, pixels, channels, x, probability, key, first, y))                                                \
    entry(void, scale_add, (size_t count, float a, const float *x, float b, float *y), (count, a, x, b, y))         \
    entry(void, scale, (size_t count, float a, float *y), (count, a, y))                                            \
    entry(double, sum_of_squares, (size_t count, const float *x), (count, x))                                       \
    entry(double, squared_distance, (size_t count, const float *x, const float *y), (count, x, y))                  \
    entry(void, summarize, (size_t count, const float *x, cairn_summary *summary), (count, x, summary))             \
    entry(size_t, first_nonfinite, (size_t count, const float *x), (count, x))                                      \
    entry(void, copy_columns,                                                                                       \
          (size_t rows, size_t columns, const float *x, size_t x_stride, float *y, size_t y_stride),                \
          (rows, columns, x, x_stride, y, y_stride))                                                                \
    entry(void, transpose, (size_t rows, size_t columns, const float *x, float *y), (rows, columns, x, y))          \
    entry(void, bytes_to_floats,                                                                                    \
          (size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift, float *y),       \
          (rows, channels, x, scale, shift, y))                                                                     \
    entry(double, sum, (size_t count, const float *x), (count, x))                                                  \
    entry(void, normal, (size_t count, uint64_t key, float *y), (count, key, y))                                    \
    entry(void, warp,                                                                                               \
          (size_t height, size_t width, size_t channels, const float *x, const float *map, const float *bounds,     \
           const float *fill, float *y),                                                                            \
          (height, width, channels, x, map, bounds, fill, y))                                                       \
    entry(void, warp_mask,                                                                                          \
          (size_t height, size_t width, const uint8_t *x, const float *map, uint8_t *y),                            \
          (height, width, x, map, y))                                                                               \
    entry(void, blur,                                                                                               \
          (size_t height, size_t width, size_t channels, size_t taps, const float *kernel, const float *x,          \
           float *y, float *scratch),                                                                               \
          (height, width, channels, taps, kernel, x, y, scratch))                                                   \
    entry(void, blend, (size_t count, float share, float other, float *x), (count, share, other, x))                \
    entry(double, color_grey_sum, (size_t pixels, const float *x), (pixels, x))                                     \
    entry(void, color_saturate, (size_t pixels, float share, float *x), (pixels, share, x))                         \
    entry(void, color_turn_hue, (size_t pixels, float turn, float *x), (pixels, turn, x))                           \
    entry(void, resample, (const cairn_resampling *g, const uint8_t *x, uint8_t *y, float *scratch),                \
          (g, x, y, scratch))                                                                                       \
    entry(void, adam,                                                                                               \
          (size_t count, float *gradient, float *m, float *v, float beta1, float beta2, float correction1,          \
           float correction2, float epsilon),                                                                       \
          (count, gradient, m, v, beta1, beta2, correction1, correction2, epsilon))                                 \
    entry(void, square_add, (size_t count, float a, const float *x, float b, float *y), (count, a, x, b, y))        \
    entry(void, divide_by_root,                                                                                     \
          (size_t count, float scale, const float *v, float correction, float epsilon, float *y),                   \
          (count, scale, v, correction, epsilon, y))                                                                \
    entry(void, divide_by_deviation, (size_t count, const float *v, const float *m, float epsilon, float *y),       \
          (count, v, m, epsilon, y))                                                                                \
    entry(void, divide_by_maximum,                                                                                  \
          (size_t count, float scale, const float *m, float decay, float epsilon, float *u, float *gradient),       \
          (count, scale, m, decay, epsilon, u, gradient))                                                           \
    entry(void, maximum, (size_t count, const float *x, float *y), (count, x, y))                                   \
    entry(void, adadelta,                                                                                           \
          (size_t count, float *gradient, float *squares, float *steps, float rho, float epsilon),                  \
          (count, gradient, squares, steps, rho, epsilon))                                                          \
    entry(void, lion, (size_t count, float *gradient, float *m, float beta1, float beta2),                          \
          (count, gradient, m, beta1, beta2))                                                                       \
    entry(void, sign_add, (size_t count, float a, const float *x, float *y), (count, a, x, y))                      \
    entry(void, limit_magnitudes, (size_t count, float limit, float *y), (count, limit, y))                         \
    entry(void, limit_column_norms, (size_t rows, size_t columns, float limit, float *w),                           \
          (rows, columns, limit, w))                                                                                \
    entry(double, cross_entropy,                                                                                    \
          (const cairn_loss_rows *rows, const float *class_weights, float smoothing, int64_t *correct),             \
          (rows, class_weights, smoothing, correct))                                                                \
    entry(double, label_weight, (size_t rows, const int32_t *labels, const float *class_weights),                   \
          (rows, labels, class_weights))                                                                            \
    entry(double, squared_error, (const cairn_loss_rows *rows), (rows))                                             \
    entry(double, absolute_error, (const cairn_loss_rows *rows), (rows))                                            \
    entry(double, huber, (const cairn_loss_rows *rows, float delta), (rows, delta))                                 \
    entry(double, binary_cross_entropy, (const cairn_loss_rows *rows), (rows))                                      \
    entry(double, focal, (const cairn_loss_rows *rows, float alpha, float gamma), (rows, alpha, gamma))             \
    entry(double, hinge, (const cairn_loss_rows *rows, float margin, int power), (rows, margin, power))             \
    entry(size_t, dice_totals_count, (size_t classes), (classes))                                                   \
    entry(void, dice_add, (const cairn_loss_rows *rows, float share, double *totals), (rows, share, totals))        \
    entry(double, dice_finish, (size_t classes, float smooth, double *totals), (classes, smooth, totals))           \
    entry(double, dice, (const cairn_loss_rows *rows, const double *totals), (rows, totals))                        \
    entry(int64_t, count_correct, (const cairn_loss_rows *rows), (rows))                                            \
    entry(void, tally, (const cairn_loss_rows *rows, int64_t *confusion, int64_t *ranks),                           \
          (rows, confusion, ranks))                                                                                 \
    entry(void, probabilities, (size_t rows, size_t outputs, const float *x, bool sigmoid, float *y),               \
          (rows, outputs, x, sigmoid, y))                                                                           \
    entry(void, calibration,                                                                                        \
          (size_t rows, size_t classes, const float *probabilities, const int32_t *labels, size_t bins,             \
           double *sums),                                                                                           \
          (rows, classes, probabilities, labels, bins, sums))

typedef struct cairn_kernels {
    const char *name;
#define FIELD(result, name, parameters, arguments) result(*name) parameters;
    KERNELS(FIELD)
#undef FIELD
} cairn_kernels;

/// The table behind `cairn_instruction_set_name(index)`; index within the count.
const cairn_kernels *cairn_instruction_set_kernels(int index);

#endif
