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

void cairn_reference_depthwise_forward(const cairn_convolution *geometry, size_t images, const float *x,
                                       const float *weight, const float *bias, bool relu, float *y);
void cairn_reference_depthwise_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                              const float *weight, float *dx);
void cairn_reference_depthwise_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                               const float *dy, float *dweight, float *dbias);

void cairn_reference_maxpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y,
                                     uint8_t *winner);
void cairn_reference_maxpool_backward(const cairn_pooling *geometry, size_t images, const float *dy,
                                      const uint8_t *winner, float *dx);
void cairn_reference_avgpool_forward(const cairn_pooling *geometry, size_t images, const float *x, float *y);
void cairn_reference_avgpool_backward(const cairn_pooling *geometry, size_t images, const float *dy, float *dx);

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

void cairn_reference_relu_forward(size_t count, const float *x, float *y);
void cairn_reference_relu_backward(size_t count, const float *y, const float *dy, float *dx);
void cairn_reference_add_relu(size_t count, const float *a, const float *b, float *y);
void cairn_reference_dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first,
                             float *y);
void cairn_reference_scale_add(size_t count, float a, const float *x, float b, float *y);
void cairn_reference_scale(size_t count, float a, float *y);
void cairn_reference_adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2,
                          float correction1, float correction2, float epsilon);
double cairn_reference_sum_of_squares(size_t count, const float *x);
void cairn_reference_summarize(size_t count, const float *x, cairn_summary *summary);
size_t cairn_reference_first_nonfinite(size_t count, const float *x);
void cairn_reference_transpose(size_t rows, size_t columns, const float *x, float *y);
void cairn_reference_bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale,
                                     const float *shift, float *y);

double cairn_reference_cross_entropy(const cairn_loss_rows *rows, const float *class_weights, float smoothing,
                                     int64_t *correct);
double cairn_reference_label_weight(size_t rows, const int32_t *labels, const float *class_weights);

#endif
