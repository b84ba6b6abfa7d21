// dispatch.c - the public functions, wired to the reference until each has its fast body.
#include "CKernelsReference.h"

#include <string.h>

int cairn_instruction_set_count(void) { return 1; }
const char *cairn_instruction_set_name(int index) { return index == 0 ? "baseline" : ""; }
void cairn_instruction_set_select(int index) { (void)index; }
int cairn_instruction_set_selected(void) { return 0; }

size_t cairn_convolution_packed_size(const cairn_convolution *g) {
    return (size_t)g->kernel_height * (size_t)g->kernel_width * (size_t)g->input_channels
         * (size_t)g->output_channels;
}
void cairn_convolution_pack_forward(const cairn_convolution *g, const float *weight, float *packed) {
    memcpy(packed, weight, cairn_convolution_packed_size(g) * sizeof *packed);
}
void cairn_convolution_pack_backward(const cairn_convolution *g, const float *weight, float *packed) {
    cairn_convolution_pack_forward(g, weight, packed);
}
size_t cairn_convolution_scratch(const cairn_convolution *g) {
    (void)g;
    return 0;
}
void cairn_convolution_forward(const cairn_convolution *g, size_t images, const float *x, const float *packed,
                               const float *bias, bool relu, float *y, float *scratch) {
    (void)scratch;
    cairn_reference_convolution_forward(g, images, x, packed, bias, relu, y);
}
void cairn_convolution_backward_input(const cairn_convolution *g, size_t images, const float *dy,
                                      const float *packed, float *dx, float *scratch) {
    (void)scratch;
    cairn_reference_convolution_backward_input(g, images, dy, packed, dx);
}
void cairn_convolution_backward_weight(const cairn_convolution *g, size_t images, const float *x, const float *dy,
                                       float *dweight, float *dbias, float *scratch) {
    (void)scratch;
    cairn_reference_convolution_backward_weight(g, images, x, dy, dweight, dbias);
}

#define FORWARD_TO_REFERENCE(result, name, parameters, arguments)                                                   \
    result cairn_##name parameters { return cairn_reference_##name arguments; }

FORWARD_TO_REFERENCE(void, maxpool_forward,
                     (const cairn_pooling *g, size_t images, const float *x, float *y, uint8_t *winner),
                     (g, images, x, y, winner))
FORWARD_TO_REFERENCE(void, maxpool_backward,
                     (const cairn_pooling *g, size_t images, const float *dy, const uint8_t *winner, float *dx),
                     (g, images, dy, winner, dx))
FORWARD_TO_REFERENCE(void, avgpool_forward, (const cairn_pooling *g, size_t images, const float *x, float *y),
                     (g, images, x, y))
FORWARD_TO_REFERENCE(void, avgpool_backward, (const cairn_pooling *g, size_t images, const float *dy, float *dx),
                     (g, images, dy, dx))
FORWARD_TO_REFERENCE(void, channel_moments,
                     (size_t rows, size_t channels, const float *x, const float *center, double *sum,
                      double *square_sum),
                     (rows, channels, x, center, sum, square_sum))
FORWARD_TO_REFERENCE(void, channel_gradient_sums,
                     (size_t rows, size_t channels, const float *x, const float *dy, const float *mean, double *sum,
                      double *product_sum),
                     (rows, channels, x, dy, mean, sum, product_sum))
FORWARD_TO_REFERENCE(void, channel_affine,
                     (size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                      float *y),
                     (rows, channels, x, scale, shift, y))
FORWARD_TO_REFERENCE(void, channel_affine2,
                     (size_t rows, size_t channels, const float *dy, const float *x, const float *a, const float *b,
                      const float *d, float *dx),
                     (rows, channels, dy, x, a, b, d, dx))
FORWARD_TO_REFERENCE(void, channel_add_bias,
                     (size_t rows, size_t channels, float *x, const float *bias, bool relu),
                     (rows, channels, x, bias, relu))
FORWARD_TO_REFERENCE(void, channel_sums, (size_t rows, size_t channels, const float *x, float *sum),
                     (rows, channels, x, sum))
FORWARD_TO_REFERENCE(void, relu_forward, (size_t count, const float *x, float *y), (count, x, y))
FORWARD_TO_REFERENCE(void, relu_backward, (size_t count, const float *y, const float *dy, float *dx),
                     (count, y, dy, dx))
FORWARD_TO_REFERENCE(void, dropout,
                     (size_t count, const float *x, float probability, uint64_t key, uint64_t first, float *y),
                     (count, x, probability, key, first, y))
FORWARD_TO_REFERENCE(void, scale_add, (size_t count, float a, const float *x, float b, float *y), (count, a, x, b, y))
FORWARD_TO_REFERENCE(void, scale, (size_t count, float a, float *y), (count, a, y))
FORWARD_TO_REFERENCE(void, adam,
                     (size_t count, float *gradient, float *m, float *v, float beta1, float beta2,
                      float correction1, float correction2, float epsilon),
                     (count, gradient, m, v, beta1, beta2, correction1, correction2, epsilon))
FORWARD_TO_REFERENCE(double, sum_of_squares, (size_t count, const float *x), (count, x))
FORWARD_TO_REFERENCE(size_t, first_nonfinite, (size_t count, const float *x), (count, x))
FORWARD_TO_REFERENCE(void, transpose, (size_t rows, size_t columns, const float *x, float *y),
                     (rows, columns, x, y))
FORWARD_TO_REFERENCE(void, bytes_to_floats,
                     (size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift,
                      float *y),
                     (rows, channels, x, scale, shift, y))
FORWARD_TO_REFERENCE(double, cross_entropy,
                     (size_t rows, size_t classes, const float *logits, const int32_t *labels, float gradient_scale,
                      float *dlogits, int64_t *correct),
                     (rows, classes, logits, labels, gradient_scale, dlogits, correct))
