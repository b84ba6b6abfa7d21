// CKernelsReference.h - each kernel of CKernels.h once more, as plain loops that follow the formula.
//
// Slow and obvious: the oracle of the tests. Sums are kept in double, so that a difference from a fast kernel is
// that kernel's rounding. Weights are not packed and there is no scratch; all else is as in CKernels.h.
#ifndef CAIRN_KERNELS_REFERENCE_H
#define CAIRN_KERNELS_REFERENCE_H

#include "CKernels.h"

void cairn_reference_convolution_forward(const cairn_convolution *geometry, size_t images, const float *x,
                                         const float *weight, const float *bias, bool relu, float *y);
void cairn_reference_convolution_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                                const float *weight, float *dx);
void cairn_reference_convolution_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                                 const float *dy, float *dweight, float *dbias);

void cairn_reference_maxpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y,
                                     uint8_t *winner);
void cairn_reference_maxpool_backward(const cairn_pooling *geometry, size_t images, const float *dy,
                                      const uint8_t *winner, float *dx);
void cairn_reference_avgpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y);
void cairn_reference_avgpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, float *dx);

void cairn_reference_global_maxpool_forward(size_t images, size_t pixels, size_t channels, const float *x, float *y,
                                            int32_t *winner);
void cairn_reference_global_maxpool_backward(size_t images, size_t pixels, size_t channels, const float *dy,
                                             const int32_t *winner, float *dx);
void cairn_reference_adaptive_avgpool_forward(const cairn_resizing *geometry, size_t images, const float *x,
                                              float *y);
void cairn_reference_adaptive_avgpool_backward(const cairn_resizing *geometry, size_t images, const float *dy,
                                               float *dx);
void cairn_reference_nearest_forward(const cairn_resizing *geometry, size_t images, const float *x, float *y);
void cairn_reference_nearest_backward(const cairn_resizing *geometry, size_t images, const float *dy, float *dx);
void cairn_reference_bilinear_forward(const cairn_resizing *geometry, size_t images, const float *x, float *y);
void cairn_reference_bilinear_backward(const cairn_resizing *geometry, size_t images, const float *dy, float *dx);

void cairn_reference_rectified_pooling_forward(const cairn_rectified_pooling *geometry, size_t images, const float *x,
                                               const float *scale, const float *shift, uint64_t key, uint64_t first,
                                               float *y, uint8_t *winner);
void cairn_reference_rectified_pooling_backward(const cairn_rectified_pooling *geometry, size_t images,
                                                const float *dy, const uint8_t *winner, float *dx);
void cairn_reference_rectified_pooling_gradient_sums(const cairn_rectified_pooling *geometry, size_t images,
                                                     const float *x, const float *dy, const uint8_t *winner,
                                                     const float *mean, double *sum, double *product_sum);
void cairn_reference_rectified_pooling_affine2(const cairn_rectified_pooling *geometry, size_t images,
                                               const float *dy, const uint8_t *winner, const float *x, const float *a,
                                               const float *b, const float *d, float *dx);

void cairn_reference_channel_moments(size_t rows, size_t channels, const float *x, const float *center, double *sum,
                                     double *square_sum);
void cairn_reference_channel_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy,
                                           const float *mean, double *sum, double *product_sum);
void cairn_reference_channel_affine(size_t rows, size_t channels, const float *x, const float *scale,
                                    const float *shift, float *y);
void cairn_reference_channel_affine_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                         const float *shift, float *y);
void cairn_reference_channel_affine_add_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                             const float *shift, const float *added, float *y);
void cairn_reference_channel_gradient_sums_relu(size_t rows, size_t channels, const float *x, const float *y,
                                                const float *dy, const float *mean, double *sum, double *product_sum);
void cairn_reference_channel_affine2_relu(size_t rows, size_t channels, const float *dy, const float *y,
                                          const float *x, const float *a, const float *b, const float *d, float *dx);
void cairn_reference_channel_affine2(size_t rows, size_t channels, const float *dy, const float *x, const float *a,
                                     const float *b, const float *d, float *dx);
void cairn_reference_channel_add_bias(size_t rows, size_t channels, float *x, const float *bias, bool relu);
void cairn_reference_channel_sums(size_t rows, size_t channels, const float *x, float *sum);
void cairn_reference_prelu_forward(size_t rows, size_t channels, const float *x, const float *slope, float *y);
void cairn_reference_prelu_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *slope,
                                    float *dx);
void cairn_reference_prelu_slope_gradient(size_t rows, size_t channels, const float *x, const float *dy,
                                          float *dslope);

void cairn_reference_softmax_forward(size_t rows, size_t channels, const float *x, float *y);
void cairn_reference_softmax_backward(size_t rows, size_t channels, const float *y, const float *dy, float *dx);
void cairn_reference_layernorm_forward(size_t rows, size_t channels, const float *x, const float *weight,
                                       const float *bias, float epsilon, float *y);
void cairn_reference_layernorm_backward(size_t rows, size_t channels, const float *x, const float *dy,
                                        const float *weight, float epsilon, float *dweight, float *dbias, float *dx);

void cairn_reference_activation_forward(cairn_activation f, size_t count, const float *x, float *y);
void cairn_reference_activation_backward(cairn_activation f, size_t count, const float *x, const float *dy,
                                         float *dx);

void cairn_reference_relu_forward(size_t count, const float *x, float *y);
void cairn_reference_relu_backward(size_t count, const float *y, const float *dy, float *dx);
void cairn_reference_add_relu(size_t count, const float *a, const float *b, float *y);
void cairn_reference_dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first,
                             float *y);
void cairn_reference_spatial_dropout(size_t images, size_t pixels, size_t channels, const float *x,
                                     float probability, uint64_t key, uint64_t first, float *y);
void cairn_reference_scale_add(size_t count, float a, const float *x, float b, float *y);
void cairn_reference_scale(size_t count, float a, float *y);
double cairn_reference_sum_of_squares(size_t count, const float *x);
double cairn_reference_squared_distance(size_t count, const float *x, const float *y);
void cairn_reference_summarize(size_t count, const float *x, cairn_summary *summary);
size_t cairn_reference_first_nonfinite(size_t count, const float *x);
void cairn_reference_copy_columns(size_t rows, size_t columns, const float *x, size_t x_stride, float *y,
                                  size_t y_stride);
void cairn_reference_transpose(size_t rows, size_t columns, const float *x, float *y);
void cairn_reference_bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale,
                                     const float *shift, float *y);

/// Before rounding: `y` [H'][W'][C], dense.
void cairn_reference_resample(const cairn_resampling *geometry, const uint8_t *x, double *y);

double cairn_reference_sum(size_t count, const float *x);
void cairn_reference_normal(size_t count, uint64_t key, float *y);
void cairn_reference_warp(size_t height, size_t width, size_t channels, const float *x, const float *map,
                          const float *bounds, const float *fill, float *y);
void cairn_reference_warp_mask(size_t height, size_t width, const uint8_t *x, const float *map, uint8_t *y);
void cairn_reference_blur(size_t height, size_t width, size_t channels, size_t taps, const float *kernel,
                          const float *x, float *y);
void cairn_reference_blend(size_t count, float share, float other, float *x);
double cairn_reference_color_grey_sum(size_t pixels, const float *x);
void cairn_reference_color_saturate(size_t pixels, float share, float *x);
void cairn_reference_color_turn_hue(size_t pixels, float turn, float *x);
void cairn_reference_adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2,
                          float correction1, float correction2, float epsilon);
void cairn_reference_square_add(size_t count, float a, const float *x, float b, float *y);
void cairn_reference_divide_by_root(size_t count, float scale, const float *v, float correction, float epsilon,
                                    float *y);
void cairn_reference_divide_by_deviation(size_t count, const float *v, const float *m, float epsilon, float *y);
void cairn_reference_divide_by_maximum(size_t count, float scale, const float *m, float decay, float epsilon,
                                       float *u, float *gradient);
void cairn_reference_maximum(size_t count, const float *x, float *y);
void cairn_reference_adadelta(size_t count, float *gradient, float *squares, float *steps, float rho,
                              float epsilon);
void cairn_reference_lion(size_t count, float *gradient, float *m, float beta1, float beta2);
void cairn_reference_sign_add(size_t count, float a, const float *x, float *y);
void cairn_reference_limit_magnitudes(size_t count, float limit, float *y);
void cairn_reference_limit_column_norms(size_t rows, size_t columns, float limit, float *w);

double cairn_reference_cross_entropy(const cairn_loss_rows *rows, const float *class_weights, float smoothing,
                                     int64_t *correct);
double cairn_reference_label_weight(size_t rows, const int32_t *labels, const float *class_weights);
double cairn_reference_squared_error(const cairn_loss_rows *rows);
double cairn_reference_absolute_error(const cairn_loss_rows *rows);
double cairn_reference_huber(const cairn_loss_rows *rows, float delta);
double cairn_reference_binary_cross_entropy(const cairn_loss_rows *rows);
double cairn_reference_focal(const cairn_loss_rows *rows, float alpha, float gamma);
double cairn_reference_hinge(const cairn_loss_rows *rows, float margin, int power);
/// The rows' number times the loss, as if they were the whole batch.
double cairn_reference_dice(const cairn_loss_rows *rows, float smooth);

void cairn_reference_tally(const cairn_loss_rows *rows, int64_t *confusion, int64_t *ranks);
void cairn_reference_probabilities(size_t rows, size_t outputs, const float *x, bool sigmoid, float *y);

#endif
